//! How short texts are listed: each in every language, with the cells that its place has.

use crate::app::lang::Lang;

/// A short text of the screens.
pub trait Text: Copy {
    /// The text.
    fn text(self, lang: Lang) -> &'static str;
}

macro_rules! labels {
    ($(#[$about:meta])* $set:ident
     $($(#[$doc:meta])* $name:ident $cells:literal $english:literal $german:literal,)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $set {
            $($(#[$doc])* $name,)*
        }

        impl $set {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The text.
            pub fn text(self, lang: $crate::app::lang::Lang) -> &'static str {
                use $crate::app::lang::Lang;
                match (self, lang) {
                    $((Self::$name, Lang::English) => $english,
                    (Self::$name, Lang::German) => $german,)*
                }
            }

            /// Cells that its place has.
            pub fn cells(self) -> usize {
                match self { $(Self::$name => $cells,)* }
            }
        }

        impl super::catalogue::Text for $set {
            fn text(self, lang: $crate::app::lang::Lang) -> &'static str {
                $set::text(self, lang)
            }
        }
    };
}

pub(super) use labels;
