"""The demo clinic: invented people, two months of days, made by the use cases themselves."""
