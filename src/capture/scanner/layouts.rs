//! The keyboards that scanners type like.
//!
//! Scanners imitate the keyboards of Windows. What follows is what those and the keyboards of X (`xkeyboard-config`)
//! agree on: under the right Alt they differ in many characters that no label has, and such a key is left blank,
//! so that it spoils a scan instead of becoming a wrong character. A key that is dead in either is dead here.

use super::layout::{Layout, Rows};

/// Keys that give nothing.
const NOTHING: Rows = ["             ", "            ", "            ", "           "];

/// United States: what scanners do unless programmed otherwise.
pub(super) static US: Layout = Layout {
    plain: [
        "`1234567890-=",
        "qwertyuiop[]",
        r"asdfghjkl;'\",
        " zxcvbnm,./",
    ],
    shift: [
        "~!@#$%^&*()_+",
        "QWERTYUIOP{}",
        r#"ASDFGHJKL:"|"#,
        " ZXCVBNM<>?",
    ],
    alt_gr: NOTHING,
    shift_alt_gr: NOTHING,
};

/// United Kingdom.
pub(super) static GB: Layout = Layout {
    plain: [
        "`1234567890-=",
        "qwertyuiop[]",
        "asdfghjkl;'#",
        r"\zxcvbnm,./",
    ],
    shift: [
        r#"¬!"£$%^&*()_+"#,
        "QWERTYUIOP{}",
        "ASDFGHJKL:@~",
        "|ZXCVBNM<>?",
    ],
    alt_gr: [
        "    €       ◌",
        "          ◌◌",
        "      ◌  ◌◌◌",
        "          ◌",
    ],
    shift_alt_gr: [
        "            ◌",
        "          ◌◌",
        "      ◌  ◌◌◌",
        "          ◌",
    ],
};

/// Germany.
pub(super) static DE: Layout = Layout {
    plain: [
        "◌1234567890ß◌",
        "qwertzuiopü+",
        "asdfghjklöä#",
        "<yxcvbnm,.-",
    ],
    shift: [
        r#"°!"§$%&/()=?◌"#,
        "QWERTZUIOPÜ*",
        "ASDFGHJKLÖÄ'",
        ">YXCVBNM;:_",
    ],
    alt_gr: [
        r"  ²³   {[]}\◌",
        "@ €       ◌~",
        "      ◌  ◌◌ ",
        "|      µ   ",
    ],
    shift_alt_gr: [
        "            ◌",
        "          ◌ ",
        "      ◌  ◌◌◌",
        "◌          ",
    ],
};

/// France.
pub(super) static FR: Layout = Layout {
    plain: [
        r#"²&é"'(-è_çà)="#,
        "azertyuiop◌$",
        "qsdfghjklmù*",
        "<wxcvbn,;:!",
    ],
    shift: [
        "~1234567890°+",
        "AZERTYUIOP◌£",
        "QSDFGHJKLM%µ",
        ">WXCVBN?./§",
    ],
    alt_gr: [
        r"  ◌#{[|◌\^@]}",
        "  €       ◌¤",
        "      ◌   ◌◌",
        "       ◌  ◌",
    ],
    shift_alt_gr: [
        "            ◌",
        "          ◌◌",
        "      ◌   ◌◌",
        "       ◌  ◌",
    ],
};

/// Spain.
pub(super) static ES: Layout = Layout {
    plain: [
        "º1234567890'¡",
        "qwertyuiop◌+",
        "asdfghjklñ◌ç",
        "<zxcvbnm,.-",
    ],
    shift: [
        r#"ª!"·$%&/()=?¿"#,
        "QWERTYUIOP◌*",
        "ASDFGHJKLÑ◌Ç",
        ">ZXCVBNM;:_",
    ],
    alt_gr: [
        r"\|@#◌ ¬     ◌",
        "  €       []",
        "      ◌  ◌{}",
        "          ◌",
    ],
    shift_alt_gr: [
        "            ◌",
        "          ◌◌",
        "      ◌  ◌◌◌",
        "          ◌",
    ],
};

/// Italy.
pub(super) static IT: Layout = Layout {
    plain: [
        r"\1234567890'ì",
        "qwertyuiopè+",
        "asdfghjklòàù",
        "<zxcvbnm,.-",
    ],
    shift: [
        r#"|!"£$%&/()=?^"#,
        "QWERTYUIOPé*",
        "ASDFGHJKLç°§",
        ">ZXCVBNM;:_",
    ],
    alt_gr: [
        "             ",
        "  €       []",
        "      ◌  @#◌",
        "        ◌ ◌",
    ],
    shift_alt_gr: [
        "  ◌◌      ◌ ◌",
        "          {}",
        "      ◌  ◌◌◌",
        "         ◌ ",
    ],
};

/// Sweden.
pub(super) static SE: Layout = Layout {
    plain: [
        "§1234567890+◌",
        "qwertyuiopå◌",
        "asdfghjklöä'",
        "<zxcvbnm,.-",
    ],
    shift: [
        r##"½!"#¤%&/()=?◌"##,
        "QWERTYUIOPÅ◌",
        "ASDFGHJKLÖÄ*",
        ">ZXCVBNM;:_",
    ],
    alt_gr: [
        r"  @£$€ {[]}\ ",
        "  €       ◌◌",
        "      ◌     ",
        "|      µ◌ ◌",
    ],
    shift_alt_gr: [
        "             ",
        "          ◌◌",
        "      ◌     ",
        "        ◌◌◌",
    ],
};

/// Switzerland, German.
pub(super) static CH: Layout = Layout {
    plain: [
        "§1234567890'◌",
        "qwertzuiopü◌",
        "asdfghjklöä$",
        "<yxcvbnm,.-",
    ],
    shift: [
        r#"°+"*ç%&/()=?◌"#,
        "QWERTZUIOPè!",
        "ASDFGHJKLéà£",
        ">YXCVBNM;:_",
    ],
    alt_gr: [
        "  @#  ¬|¢  ◌◌",
        "  €       []",
        "      ◌  ◌{}",
        r"\         ◌",
    ],
    shift_alt_gr: [
        "            ◌",
        "          ◌◌",
        "      ◌  ◌◌◌",
        "          ◌",
    ],
};

