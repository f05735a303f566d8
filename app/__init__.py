"""The two faces of whofunds: the command line and the Streamlit app. Holds no rule of the domain."""
