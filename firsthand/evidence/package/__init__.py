"""A whole review as a Frictionless data package: tables in a zip file, written and read again.

One file here for each table (a "resource" of the package): its columns, the rows a review gives,
and how the rows become a review again. `resources.ALL` is the list of them.
"""
