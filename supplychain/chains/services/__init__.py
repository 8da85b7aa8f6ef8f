"""What an employer does to its chain."""

from supplychain.chains.services.importing import (
    commit_import,
    drop_import,
    import_rows,
    map_sheet,
    read_import,
    rejects_csv,
    table_of,
    upload_sheet,
)
from supplychain.chains.services.linking import (
    Terms,
    add_link,
    change_link,
    end_link,
    remove_link,
    verify_link,
)
from supplychain.chains.services.writing import (
    About,
    add_party,
    change_party,
    end_party,
    merge_parties,
    remove_party,
    resolve_party,
)

__all__ = [
    "About",
    "Terms",
    "add_link",
    "add_party",
    "change_link",
    "change_party",
    "commit_import",
    "drop_import",
    "end_link",
    "end_party",
    "import_rows",
    "map_sheet",
    "merge_parties",
    "read_import",
    "rejects_csv",
    "remove_link",
    "remove_party",
    "resolve_party",
    "table_of",
    "upload_sheet",
    "verify_link",
]
