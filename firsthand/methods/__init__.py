"""Pure computing, one method a file: values in, frozen values out, the source cited on top."""
