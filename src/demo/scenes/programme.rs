//! The scenes, in the order in which they are played.

use super::super::routes::Text;

/// The routes of the scenes.
pub(in crate::demo) const ROUTES: [Text; 2] = [
    Text { name: "sensor.toml", text: include_str!("../../../routes/sensor.toml") },
    Text { name: "washer.toml", text: include_str!("../../../routes/washer.toml") },
];

/// The scenes.
pub(super) const SCENES: [&str; 4] = [
    include_str!("panel.scene"),
    include_str!("batch.scene"),
    include_str!("deviation.scene"),
    include_str!("shipping.scene"),
];
