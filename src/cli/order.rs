//! `traveller order`: so many units of one route revision, for somebody, and how far they are.

use serde::Serialize;

use super::answer::give_all;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::order_args::{CloseOrderArgs, OpenOrderArgs, OrderCommand, OrderListArgs};
use super::output::{JsonList, Table, or_dash};
use crate::domain::command::Command;
use crate::domain::id::{OrderId, Revision, RouteId};
use crate::domain::order::{Order, SerialRange};
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, command: OrderCommand) -> Result<Outcome, Failure> {
    match command {
        OrderCommand::Open(args) => open(cx, args),
        OrderCommand::Close(args) => close(cx, args),
        OrderCommand::List(args) => list(cx, &args),
    }
}

fn open(cx: &mut Context<'_>, args: OpenOrderArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.by)?;
    let OpenOrderArgs { order, route, revision, variant, quantity, serials, customer, purpose, by } = args;
    let about = format!("order {order}");
    let command = Command::OpenOrder { order, route, revision, variant, quantity, serials, customer, purpose, by };
    give_all(cx, &mut clerk, &with, [(about, command)])
}

fn close(cx: &mut Context<'_>, args: CloseOrderArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let about = format!("order {}", args.order);
    let command = Command::CloseOrder { order: args.order, reason: args.signed.reason, by: args.signed.by };
    give_all(cx, &mut clerk, &with, [(about, command)])
}

fn list(cx: &mut Context<'_>, args: &OrderListArgs) -> Result<Outcome, Failure> {
    let orders = cx.reader()?.orders()?;
    let listed = orders.iter().filter(|order| !(args.open && order.closed)).map(OrderLine::of);
    if cx.json {
        let mut list = JsonList::begin(cx.out, "orders")?;
        for order in listed {
            list.item(&order)?;
        }
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&[
        "order",
        "route",
        "rev",
        "variant",
        "finished",
        "remaining",
        "started",
        "scrapped",
        "serials",
        "customer",
        "new units",
    ]);
    for o in listed {
        table.row([
            o.order.to_string(),
            o.route.to_string(),
            o.revision.to_string(),
            or_dash(o.variant),
            format!("{} of {}", o.finished, o.quantity),
            o.remaining.to_string(),
            o.started.to_string(),
            o.scrapped.to_string(),
            or_dash(o.serials),
            or_dash(o.customer),
            (if o.closed { "no" } else { "yes" }).to_owned(),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// An order, as scripts read it.
#[derive(Serialize)]
struct OrderLine<'a> {
    order: &'a OrderId,
    route: &'a RouteId,
    revision: &'a Revision,
    variant: Option<&'a str>,
    quantity: u32,
    started: u32,
    finished: u32,
    scrapped: u32,
    /// Units that are still to be finished.
    remaining: u32,
    serials: Option<&'a SerialRange>,
    customer: Option<&'a str>,
    closed: bool,
}

impl<'a> OrderLine<'a> {
    fn of(order: &'a Order) -> Self {
        Self {
            order: &order.order,
            route: &order.route,
            revision: &order.revision,
            variant: order.variant.as_deref(),
            quantity: order.quantity,
            started: order.started,
            finished: order.finished,
            scrapped: order.scrapped,
            remaining: order.quantity.saturating_sub(order.finished),
            serials: order.serials.as_ref(),
            customer: order.customer.as_deref(),
            closed: order.closed,
        }
    }
}
