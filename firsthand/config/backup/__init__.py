"""Makes and restores backups: one age-encrypted file with all that an installation keeps."""
