//! `[packing]` of `traveller.toml`: the numbers of the cartons that the plant makes itself.

use serde::Deserialize;
use toml::Spanned;

use super::config::BadConfig;
use super::config_file::Text;
use crate::domain::packing::sscc::Stem;

/// The same, as it is written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Written {
    company_prefix: Option<Spanned<String>>,
    extension: Option<Spanned<i64>>,
}

/// Finds what is wrong with it, else what it says: none where the plant has no prefix, and makes no numbers.
pub(super) fn check(text: &Text<'_>, written: Written) -> Result<Option<Stem>, BadConfig> {
    let extension = match &written.extension {
        None => 0,
        Some(digit) => u8::try_from(*digit.get_ref()).ok().filter(|n| *n <= 9).ok_or_else(|| {
            text.bad(digit.span(), &format!("extension is {}", digit.get_ref()), "write one digit from 0 to 9")
        })?,
    };
    let Some(prefix) = written.company_prefix else { return Ok(None) };
    let stem = Stem::new(extension, prefix.get_ref()).map_err(|_bad| {
        let what = format!("\"{}\" is no company prefix", prefix.get_ref());
        text.bad(prefix.span(), &what, "write the 4 to 12 digits that GS1 gave to the company")
    })?;
    Ok(Some(stem))
}

#[cfg(test)]
mod tests {
    use crate::station::config_file;

    fn stem(text: &str) -> Result<Option<String>, String> {
        let file = config_file::check("traveller.toml", &format!("[packing]\n{text}"));
        file.map(|file| file.cartons.map(|stem| stem.to_string())).map_err(|bad| bad.to_string())
    }

    #[test]
    fn a_stem_is_the_extension_digit_and_the_companys_prefix() {
        assert_eq!(stem(""), Ok(None));
        assert_eq!(stem("company_prefix = \"0614141\""), Ok(Some("00614141".to_owned())));
        assert_eq!(stem("company_prefix = \"0614141\"\nextension = 3"), Ok(Some("30614141".to_owned())));
        for (text, what) in [
            ("company_prefix = \"061414A\"", "2:18: \"061414A\" is no company prefix"),
            ("company_prefix = \"123\"", "is no company prefix; write the 4 to 12 digits"),
            ("extension = 12", "2:13: extension is 12; write one digit from 0 to 9"),
            ("prefix = 1", "is no key of this place"),
        ] {
            let bad = stem(text).unwrap_err();
            assert!(bad.contains(what), "{text}: {bad}");
        }
    }
}
