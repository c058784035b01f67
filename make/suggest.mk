# The model for suggestions: packed small from the weights in a locked package (see docs/adr/0005).
SUGGEST_MODEL := firsthand/methods/suggest/built/minilm.npz

.PHONY: suggest-model
suggest-model: $(SUGGEST_MODEL)  ## Pack the model for suggestions
assets: $(SUGGEST_MODEL)

$(SUGGEST_MODEL): firsthand/methods/suggest/packing.py | $(READY)
	$(BIN)/python -m firsthand.methods.suggest
