"""What others publish of the same money (grants, contracts, payments), set beside decisions and never added to them."""
