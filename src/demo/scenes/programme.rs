//! The scenes, in the order in which they are played.

use super::super::routes::Text;

/// The routes of the scenes.
pub(in crate::demo) const ROUTES: [Text; 3] = [
    Text { name: "sensor.toml", text: include_str!("../../../routes/sensor.toml") },
    Text { name: "relay.toml", text: include_str!("../../../routes/relay.toml") },
    Text { name: "washer.toml", text: include_str!("../../../routes/washer.toml") },
];

/// The scenes.
pub(super) const SCENES: [&str; 7] = [
    include_str!("panel.scene"),
    include_str!("label.scene"),
    include_str!("batch.scene"),
    include_str!("first.scene"),
    include_str!("deviation.scene"),
    include_str!("shipping.scene"),
    include_str!("paper.scene"),
];
