//! What the oracle says of a no: where nothing stands in the way, nothing is refused.

use traveller::domain::id::UnitId;
use traveller::domain::refusal::Code;
use traveller::domain::what::{Fate, Refused};

use super::hear::Told;
use super::model::{Heard, Oracle, Product, State, Whereabouts, must};

impl Oracle {
    /// Whether there is a reason for a refusal, as far as it names a rule that the oracle knows.
    pub(super) fn is_right(&self, told: Told<'_>, refused: &Refused) -> Heard {
        let evidence = &refused.evidence;
        let stopped = match refused.code {
            Code::TooEarly if evidence.load.is_some() => self.stays_in(told),
            Code::LoadOpen => self.is_stopped_by_a_load(told, refused),
            Code::WhichUnit => self.is_unsaid(told, refused),
            Code::TooEarly | Code::TooLate | Code::NotQualified | Code::WrongStation | Code::AttemptsUsed => {
                self.cannot_be_taken_up(told, refused)
            }
            Code::SecondPerson if evidence.qualification.is_some() => self.cannot_be_taken_up(told, refused),
            Code::OrderMissing | Code::OrderFull | Code::OrderClosed | Code::NotInOrder if evidence.unit.is_some() => {
                self.has_no_order(told, refused)
            }
            Code::LotExhausted | Code::LotExpired | Code::LotOnHold | Code::GaugeOverdue
                if matches!(told.cause.cmd, traveller::domain::command::Command::Pass) =>
            {
                self.cannot_pass(told)
            }
            Code::OnHold => self.is_on_hold(refused),
            Code::GoldenDue | Code::GoldenFailed => self.asks_for_a_sample(told, refused),
            Code::FirstPiece => self.waits_for_first_piece(told, refused),
            Code::LabelReplaced | Code::LabelUnverified => self.is_right_of_labels(refused.code, evidence),
            Code::StationDown => self.is_down(told),
            Code::NoSuchStep => self.lacks_the_step(refused),
            _ => true,
        };
        self.is_not_permitted(told, refused)?;
        must(stopped, format!("refuses with {} what nothing forbids", refused.code.word()))
    }

    /// What is said to be on hold is, or waits for quality; and where it is said to be inside something, that is not
    /// sound.
    fn is_on_hold(&self, refused: &Refused) -> bool {
        let evidence = &refused.evidence;
        let inner = evidence.serial.as_ref().and_then(|serial| UnitId::parse(serial.as_str()).ok());
        let outer = evidence.unit.as_ref().filter(|_| evidence.in_unit.is_some());
        let unsound = outer.is_none_or(|unit| self.is_sound_inside(unit).is_err());
        let held = inner.as_ref().or(evidence.unit.as_ref()).and_then(|unit| self.units.get(unit));
        let waits = evidence.serial.as_ref().and_then(|serial| self.components.get(serial));
        let waits = waits == Some(&Whereabouts::Out(Some(Fate::Quarantine)));
        unsound && (waits || held.is_none_or(Product::is_held))
    }

    fn cannot_be_taken_up(&self, told: Told<'_>, refused: &Refused) -> bool {
        let Some(product) = refused.evidence.unit.as_ref().and_then(|unit| self.units.get(unit)) else { return true };
        if product.state != State::Working || product.is_held() {
            return true;
        }
        let id = refused.evidence.step.as_ref().or(refused.evidence.due_step.as_ref());
        let named = id.and_then(|id| product.route.position(id)).unwrap_or(product.due);
        let choices = product.choices();
        choices.contains(&named) && choices.iter().all(|at| self.may_take_up(told, product, *at, None).is_err())
            || self.may_take_up(told, product, named, None).is_err()
    }

    fn has_no_order(&self, told: Told<'_>, refused: &Refused) -> bool {
        let (Some(unit), Some(station)) = (&refused.evidence.unit, &told.event.about.station) else { return true };
        let Some(route) = self.claims(unit.as_str()) else { return true };
        let asks_for_less = |n: u32| {
            let order = refused.evidence.order.as_ref().and_then(|id| Some((id, self.orders.get(id)?)));
            order.is_some_and(|(id, order)| self.filled(id) + usize::try_from(n).unwrap() > order.quantity)
        };
        self.order_of(unit, route, station).is_err() || refused.evidence.pieces.is_some_and(asks_for_less)
    }

    fn cannot_pass(&self, told: Told<'_>) -> bool {
        let open = told.event.about.station.as_ref().and_then(|at| self.open_at(at));
        open.is_none_or(|unit| self.may_pass(told, &self.units[unit]).is_err())
    }
}
