//! What every page for a browser begins with: its policy and its style. It loads nothing and runs nothing.

use super::sheet::svg::escaped;

/// The end of every page.
pub(super) const END: &str = "</body>\n</html>\n";

/// A page up to its body. `also` stands in its head too.
pub(super) fn begin(title: &str, style: &str, also: &str) -> String {
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n{also}\
         <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
}
