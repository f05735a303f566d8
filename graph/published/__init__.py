"""Published grants, contracts and payments of the same money, shown beside decisions and never added to them."""
