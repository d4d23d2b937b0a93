"""Do settings and addresses keep out what does not belong in?"""
