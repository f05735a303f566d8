"""The two front ends of whofunds: the command line and the Streamlit app. They hold no rules of the domain."""
