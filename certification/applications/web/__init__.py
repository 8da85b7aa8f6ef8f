"""The pages of an application: the list, the case, the agency's acts, the screener's acts."""
