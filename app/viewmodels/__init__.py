"""Records in, frozen display text out. No streamlit import, no HTML: pages and tests share these."""
