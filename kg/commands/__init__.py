"""Commands of the program, one file for each thing that they are about; `kg.cli` lists them."""
