"""What the steps of `firsthand review` share: who acts, in which review; tables in and out."""
