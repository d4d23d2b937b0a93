"""Does the shared web layer keep its promises?"""
