"""The scheme itself: the Standard, agencies, self-assessments, applications, decisions, certificates, the register."""
