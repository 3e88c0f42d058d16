//! Cartons, shipments, returns and the letter of a recall, from the shell.

use crate::support::shell::Shell;

const CARTON: &str = "306141410000000006";
const SCAN: &str = "]C100306141410000000006";

/// A device with three soaps in a carton of the house and a brush, and a shipment that has both.
pub(crate) fn shell() -> Shell {
    let shell = Shell::at_work();
    let prefix = "[packing]\ncompany_prefix = \"0614141\"\nextension = 3\n";
    std::fs::write(shell.home.path().join("traveller.toml"), prefix).unwrap();
    for route in ["soap", "brush"] {
        let file = format!("{}/tests/scenarios/routes/{route}.toml", env!("CARGO_MANIFEST_DIR"));
        shell.run(&format!("route release {file} --by OP-1001")).done();
    }
    let pass = r#"{"value":"pass"}"#;
    let units = ["SO000001", pass, "SO000002", pass, "SO000003", pass, "BR000001", pass];
    shell.pipe("TEST-1", &[&["OP-2001"], &units[..]].concat());
    let begun = shell.run("carton open --by OP-1001").done();
    assert_eq!(begun, format!("carton {CARTON}: Carton begun\n"));
    let packed = shell.pipe("PACKING-1", &["OP-2001", SCAN, "SO000001", "SO000002", "SO000003", SCAN]);
    assert_eq!((&packed[4]["carton"]["units"], &packed[5]["did"]), (&3.into(), &"carton-closed".into()));
    shell.run("shipment open LS-1 --customer Drogerie --by OP-1001").done();
    shell.run(&format!("shipment load LS-1 --carton {CARTON} --unit BR000001 --by OP-1001")).done();
    shell
}

#[test]
fn a_shipment_leaves_whole_or_not_at_all() {
    let shell = shell();
    shell.run("hold SO000002 --reason odd --by OP-1001").done();
    let (what, _) = shell.run("shipment close LS-1 --by OP-1001").failed(1);
    assert!(what.contains("refused (on-hold): SO000002"), "{what}");
    assert_eq!(shell.run("show SO000001 --json").json()["state"], "complete");
    shell.run("hold SO000002 --release --reason fine --by OP-1001").done();
    shell.run("shipment close LS-1 --by OP-1001").done();
    let shown = shell.run("show SO000001 --json").json();
    assert_eq!(
        (&shown["state"], &shown["shipment"], &shown["carton"]),
        (&"dispatched".into(), &"LS-1".into(), &CARTON.into())
    );
    let sent = shell.run("shipment show LS-1 --json").json();
    assert_eq!(
        (&sent["units"], &sent["state"], &sent["loose"][0]["unit"]),
        (&4.into(), &"dispatched".into(), &"BR000001".into())
    );
    shell.run("return SO000001 --reason smells --by OP-1001").done();
    assert_eq!(shell.run("show SO000001 --json").json()["returned"]["shipment"], "LS-1");
    shell.run("return SO000001 --stays-outside --reason aired --by OP-1001").done();
    assert_eq!(shell.run("show SO000001 --json").json()["state"], "dispatched");
    shell.run("verify").done();
    assert_eq!(shell.run("replay --all --json").json()["different"].as_array().unwrap().len(), 0);
}

#[test]
fn a_label_is_a_page_with_the_number_in_it() {
    let shell = shell();
    let page = shell.run(&format!("carton label {CARTON}")).done();
    assert!(page.contains(&format!("(00){CARTON}")) && page.contains("code128") && page.contains("datamatrix"));
    assert!(!page.contains("<script") && page.contains("default-src 'none'"));
    shell.run("carton label BOX-9").failed(1);
    std::fs::remove_file(shell.home.path().join("traveller.toml")).unwrap();
    let (what, _) = shell.run("carton open --by OP-1001").failed(2);
    assert!(what.contains("no company prefix is known"), "{what}");
}

#[test]
fn a_letter_is_answered_with_every_customer_and_a_drill_holds_nothing() {
    let shell = shell();
    shell.run("shipment close LS-1 --by OP-1001").done();
    let drill = shell.run("recall --serials SO000001..SO000002 --drill --json").json();
    assert_eq!((&drill["drill"], &drill["counts"]["held"]), (&true.into(), &2.into()));
    assert_eq!(shell.run("show SO000001 --json").json()["holds"].as_array().unwrap().len(), 0, "nothing is held");
    let drills = shell.run("recall --drills --json").json();
    assert_eq!((&drills["drills"][0]["units"], &drills["drills"][0]["shipments"]), (&2.into(), &1.into()));
    let recall = "recall --serials SO000001..SO000002 --reason letter --by OP-1001";
    let done = shell.run(&format!("{recall} --json")).json();
    let part = &done["shipments"][0];
    assert_eq!(
        (&part["customer"], &part["units"], &part["cartons"][0]),
        (&"Drogerie".into(), &2.into(), &CARTON.into())
    );
    assert_eq!(done["counts"], drill["counts"], "the drill said the same");
    let csv = shell.run(&format!("{recall} --format csv")).done();
    assert!(csv.contains(&format!("SO000001,dispatched,no,{CARTON},LS-1,Drogerie,yes\r\n")), "{csv}");
    let html = shell.run(&format!("{recall} --format html")).done();
    assert!(html.contains("<h2>Drogerie</h2>") && html.contains("SO000002"), "{html}");
    shell.run("recall --supplier NOBODY --reason letter --by OP-1001").failed(1);
    shell.run("recall L-9 --reason letter --by OP-1001").failed(1);
    shell.run("recall SO000001 --by OP-1001").failed(2);
}
