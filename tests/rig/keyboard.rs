//! A keyboard that this process plays by itself (uinput): the operator's, or a scanner without USB.

use std::time::Duration;

use evdev::uinput::VirtualDevice;
use evdev::{AttributeSet, BusType, EventType, InputEvent, InputId, KeyCode};

use super::keys::{SHIFT, Stroke, linux_code};
use super::machine::{Pace, load, until};

/// Time between two keys.
const KEY: Duration = Duration::from_millis(2);

/// A keyboard. It is unplugged with this value.
pub(super) struct Keyboard(VirtualDevice);

impl Keyboard {
    /// Plugs in a keyboard of a maker and a product.
    pub(super) fn plugged_in(vendor: u16, product: u16) -> Self {
        load("uinput");
        let keys: AttributeSet<KeyCode> = (1..=0x7f).map(KeyCode::new).collect();
        let id = InputId::new(BusType::BUS_USB, vendor, product, 1);
        let device = VirtualDevice::builder().unwrap().name("Rig keyboard").input_id(id).with_keys(&keys).unwrap();
        let mut keyboard = Self(device.build().unwrap());
        let mut node = || keyboard.0.enumerate_dev_nodes_blocking().unwrap().next().is_some();
        until(&mut node, || "no node came of the keyboard".to_owned());
        keyboard
    }

    fn change(&mut self, key: KeyCode, down: bool) {
        self.0.emit(&[InputEvent::new(EventType::KEY.0, key.code(), i32::from(down))]).unwrap();
    }

    /// Types keys.
    pub(super) fn send(&mut self, strokes: &[Stroke]) {
        let mut pace = Pace::new(KEY);
        for stroke in strokes {
            let shift = (stroke.held & SHIFT != 0).then_some(KeyCode::KEY_LEFTSHIFT);
            let keys: Vec<_> = shift.into_iter().chain([KeyCode::new(linux_code(stroke.key))]).collect();
            for key in &keys {
                self.change(*key, true);
            }
            for key in keys.iter().rev() {
                self.change(*key, false);
            }
            pace.keep();
        }
    }
}
