"""What the PRISMA2020 package for R calls each count (Haddaway et al. 2022, `PRISMA.csv`).

`joined_specific_results` alone is ours: its template has no line for records from elsewhere that
are screened with the others.
"""

# The name of each row with its box in that package's picture, and what it counts.
FIELDS = {
    "previous_studies": ("box1", "Studies included in previous version of review"),
    "previous_reports": ("box1", "Reports of studies included in previous version of review"),
    "database_results": ("box2", "Databases"),
    "register_results": ("box2", "Registers"),
    "website_results": ("box11", "Websites"),
    "organisation_results": ("box11", "Organisations"),
    "citations_results": ("box11", "Citation searching"),
    "duplicates": ("box3", "Duplicate records"),
    "excluded_automatic": ("box3", "Records marked as ineligible by automation tools"),
    "excluded_other": ("box3", "Records removed for other reasons"),
    "records_screened": ("box4", "Records screened"),
    "records_excluded": ("box5", "Records excluded"),
    "dbr_sought_reports": ("box6", "Reports sought for retrieval"),
    "dbr_notretrieved_reports": ("box7", "Reports not retrieved"),
    "other_sought_reports": ("box12", "Reports sought for retrieval"),
    "other_notretrieved_reports": ("box13", "Reports not retrieved"),
    "dbr_assessed": ("box8", "Reports assessed for eligibility"),
    "other_assessed": ("box14", "Reports assessed for eligibility"),
    "new_studies": ("box10", "New studies included in review"),
    "new_reports": ("box10", "Reports of new included studies"),
    "total_studies": ("box16", "Total studies included in review"),
    "total_reports": ("box16", "Reports of total included studies"),
}
LISTS = {
    "database_specific_results": ("box2", "Specific databases"),
    "register_specific_results": ("box2", "Specific registers"),
    "joined_specific_results": ("box2", "Records from elsewhere, screened with the others"),
    "dbr_excluded": ("box9", "Reports excluded"),
    "other_excluded": ("box15", "Reports excluded"),
}
