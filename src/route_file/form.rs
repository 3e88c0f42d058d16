//! What a table of the file may hold, said once: the same words serve to find unknown keys, to name missing ones,
//! and to show how a key is written.

/// A key: its name, and how it is written.
pub(super) type Key = (&'static str, &'static str);

/// What a table may hold.
pub(super) struct Form {
    /// What the table is, with its article: `a step`.
    pub(super) noun: &'static str,
    /// Keys that it must have.
    pub(super) needs: &'static [Key],
    /// Keys that it may have.
    pub(super) takes: &'static [Key],
}

impl Form {
    /// All keys, those first that it must have.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.needs.iter().chain(self.takes).map(|(name, _)| *name)
    }

    /// How a key is written.
    pub(super) fn example(&self, key: &str) -> &'static str {
        let found = self.needs.iter().chain(self.takes).find(|(name, _)| *name == key);
        found.map_or("", |(_, example)| *example)
    }
}

/// The file itself.
pub(super) const ROUTE: Form = Form {
    noun: "a route",
    needs: &[
        ("route", "route = \"pc200\""),
        ("revision", "revision = \"A\""),
        ("title", "title = \"Pump controller\""),
        ("identifier", "[identifier]"),
        ("step", "[[step]]"),
    ],
    takes: &[
        ("product", "product = [\"PC-200\"]"),
        ("order", "order = \"none\""),
        ("clock", "clock = \"trusted\""),
        ("advance", "advance = \"pass\""),
        ("review_months", "review_months = 12"),
        ("rework_max", "rework_max = 3"),
        ("variant", "[variant]"),
        ("part", "[part.PCB-0417]"),
        ("defect", "[defect]"),
    ],
};

/// `[identifier]`
pub(super) const IDENTIFIER: Form = Form {
    noun: "the identifier",
    needs: &[("kind", "kind = \"serial\"")],
    takes: &[
        ("pattern", "pattern = 'PC2\\d{2}-\\d{6}'"),
        ("start", "start = \"twice\""),
        ("gs1", "gs1 = { gtin = \"09506000134352\" }"),
        ("typed", "typed = \"refuse\""),
        ("panel", "panel = { pattern = 'PN\\d{5}', boards = 8 }"),
    ],
};

/// `panel = { ... }`
pub(super) const PANEL: Form =
    Form { noun: "a panel", needs: &[("pattern", "pattern = 'PN\\d{5}'"), ("boards", "boards = 8")], takes: &[] };

/// `gs1 = { gtin = "..." }`
pub(super) const GS1: Form = Form { noun: "gs1", needs: &[("gtin", "gtin = \"09506000134352\"")], takes: &[] };

/// `[part.NUMBER]`
pub(super) const PART: Form = Form {
    noun: "a part",
    needs: &[("capture", "capture = \"lot\"")],
    takes: &[
        ("title", "title = \"Main board\""),
        ("pattern", "pattern = 'B\\d{7}'"),
        ("made_by", "made_by = \"pcb0417\""),
        ("gs1", "gs1 = { gtin = \"09506000134352\" }"),
        ("typed", "typed = \"refuse\""),
        ("alternates", "alternates = [\"PCB-0418\"]"),
        ("supplier_part", "supplier_part = [\"4410-B\"]"),
        ("inspect", "inspect = true"),
        ("floor_minutes", "floor_minutes = 10080"),
        ("overrun", "overrun = 20"),
    ],
};

/// `[[step]]`
pub(super) const STEP: Form = Form {
    noun: "a step",
    needs: &[
        ("id", "id = \"10\""),
        ("title", "title = \"Close housing\""),
        ("phase", "phase = \"assembly\""),
        ("station", "station = \"assembly\""),
    ],
    takes: &[
        ("role", "role = \"operator\""),
        ("document", "document = \"WI-1001 rev D\""),
        ("instructions", "instructions = \"Count the kit against the pick list.\""),
        ("use", "use = { PCB-0417 = 1 }"),
        ("check", "[[step.check]]"),
        ("sign_off", "[step.sign_off]"),
        ("advance", "advance = \"pass\""),
        ("retest", "retest = { max = 1, reasons = [\"reseat\"] }"),
        ("on_fail", "on_fail = \"30\""),
        ("rework_to", "rework_to = [\"20\", \"30\"]"),
        ("attempts", "attempts = 3"),
        ("qualification", "qualification = \"torque-m4\""),
        ("not_by", "not_by = [\"20\"]"),
        ("gauge", "gauge = [\"torque\"]"),
        ("minutes_since", "minutes_since = { step = \"10\", min = 30, max = 240 }"),
        ("when", "when = { variant = \"EX\" }"),
        ("sample", "sample = { one_in = 20 }"),
        ("group", "group = \"harness\""),
        ("optional", "optional = true"),
        ("rework", "rework = true"),
        ("rework_max", "rework_max = 2"),
        ("first_piece", "first_piece = \"shift\""),
        ("golden", "golden = { good = [\"GOLD-1\"], each = \"shift\" }"),
        ("pack", "pack = { units = 10, same = [\"order\"] }"),
        ("hub_lost", "hub_lost = \"refuse\""),
        ("nests", "nests = 4"),
        ("load", "load = { units = 40, min = 30, max = 60 }"),
        ("depanel", "depanel = true"),
    ],
};

/// `[[step.check]]`
pub(super) const CHECK: Form = Form {
    noun: "a check",
    needs: &[("id", "id = \"torque\"")],
    takes: &[
        ("title", "title = \"Torque\""),
        ("kind", "kind = \"confirm\""),
        ("limits", "limits = \"2.00 .. 2.40 N.m\""),
        ("plausible", "plausible = \"0.5 .. 5.0\""),
        ("points", "points = [\"A\", \"B\"]"),
        ("why", "why = \"customer\""),
        ("typed", "typed = \"refuse\""),
        ("source", "source = \"gauge:leak\""),
        ("pattern", "pattern = 'FW\\d{3}'"),
        ("equals", "equals = \"PC200-2.4.1\""),
        ("pass", "pass = [\"clear\"]"),
        ("fail", "fail = [\"dim\"]"),
    ],
};

/// `[step.sign_off]`
pub(super) const SIGN_OFF: Form = Form {
    noun: "a sign-off",
    needs: &[("role", "role = \"inspector\""), ("meaning", "meaning = \"tested and accepted\"")],
    takes: &[("second", "second = true")],
};

/// `load = { ... }`
pub(super) const LOAD: Form = Form {
    noun: "a load",
    needs: &[("units", "units = 40")],
    takes: &[("min", "min = 30"), ("max", "max = 60"), ("checks", "checks = [\"oven\"]")],
};

/// `retest = { ... }`
pub(super) const RETEST: Form =
    Form { noun: "a retest", needs: &[("max", "max = 1")], takes: &[("reasons", "reasons = [\"reseat\"]")] };

/// `minutes_since = { ... }`
pub(super) const MINUTES_SINCE: Form = Form {
    noun: "minutes_since",
    needs: &[("step", "step = \"10\"")],
    takes: &[("min", "min = 30"), ("max", "max = 240")],
};

/// `when = { ... }`
pub(super) const WHEN: Form = Form { noun: "when", needs: &[("variant", "variant = \"EX\"")], takes: &[] };

/// `pack = { ... }`
pub(super) const PACK: Form =
    Form { noun: "pack", needs: &[("units", "units = 10")], takes: &[("same", "same = [\"order\", \"revision\"]")] };

/// `golden = { ... }`
pub(super) const GOLDEN: Form = Form {
    noun: "golden",
    needs: &[("good", "good = [\"GOLD-1\"]")],
    takes: &[("bad", "bad = [\"GOLD-9\"]"), ("each", "each = \"shift\""), ("minutes", "minutes = 240")],
};

/// `sample = { ... }`
pub(super) const SAMPLE: Form =
    Form { noun: "a sample", needs: &[("one_in", "one_in = 20")], takes: &[("tightened", "tightened = 5")] };
