"""View models: records in, immutable display text out. No streamlit import, no HTML; pages and tests share them."""
