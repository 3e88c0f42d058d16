//! Identifiers that begin with 3: counts, measures and amounts.
//! Facts of the GS1 Barcode Syntax Dictionary.

use super::companions::{COUNTED, GTIN, LOGISTIC, TRADE};
use crate::capture::label::ai::Ai;
use crate::capture::label::lint::Lint::Currency;
use crate::capture::label::part::{n, n_to};

/// In the order of their text.
pub(super) static ROWS: &[Ai] = &[
    Ai::of("30", &[n_to(8)]).attribute().needs(TRADE),
    Ai::range("3100", "3105", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["310n"]),
    Ai::range("3110", "3115", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["311n"]),
    Ai::range("3120", "3125", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["312n"]),
    Ai::range("3130", "3135", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["313n"]),
    Ai::range("3140", "3145", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["314n"]),
    Ai::range("3150", "3155", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["315n"]),
    Ai::range("3160", "3165", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["316n"]),
    Ai::range("3200", "3205", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["320n"]),
    Ai::range("3210", "3215", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["321n"]),
    Ai::range("3220", "3225", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["322n"]),
    Ai::range("3230", "3235", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["323n"]),
    Ai::range("3240", "3245", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["324n"]),
    Ai::range("3250", "3255", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["325n"]),
    Ai::range("3260", "3265", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["326n"]),
    Ai::range("3270", "3275", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["327n"]),
    Ai::range("3280", "3285", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["328n"]),
    Ai::range("3290", "3295", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["329n"]),
    Ai::range("3300", "3305", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["330n"]),
    Ai::range("3310", "3315", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["331n"]),
    Ai::range("3320", "3325", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["332n"]),
    Ai::range("3330", "3335", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["333n"]),
    Ai::range("3340", "3345", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["334n"]),
    Ai::range("3350", "3355", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["335n"]),
    Ai::range("3360", "3365", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["336n"]),
    Ai::range("3370", "3375", &[n(6)]).fixed().attribute().needs(GTIN).never_with(&["337n"]),
    Ai::range("3400", "3405", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["340n"]),
    Ai::range("3410", "3415", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["341n"]),
    Ai::range("3420", "3425", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["342n"]),
    Ai::range("3430", "3435", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["343n"]),
    Ai::range("3440", "3445", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["344n"]),
    Ai::range("3450", "3455", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["345n"]),
    Ai::range("3460", "3465", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["346n"]),
    Ai::range("3470", "3475", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["347n"]),
    Ai::range("3480", "3485", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["348n"]),
    Ai::range("3490", "3495", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["349n"]),
    Ai::range("3500", "3505", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["350n"]),
    Ai::range("3510", "3515", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["351n"]),
    Ai::range("3520", "3525", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["352n"]),
    Ai::range("3530", "3535", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["353n"]),
    Ai::range("3540", "3545", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["354n"]),
    Ai::range("3550", "3555", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["355n"]),
    Ai::range("3560", "3565", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["356n"]),
    Ai::range("3570", "3575", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["357n"]),
    Ai::range("3600", "3605", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["360n"]),
    Ai::range("3610", "3615", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["361n"]),
    Ai::range("3620", "3625", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["362n"]),
    Ai::range("3630", "3635", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["363n"]),
    Ai::range("3640", "3645", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["364n"]),
    Ai::range("3650", "3655", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["365n"]),
    Ai::range("3660", "3665", &[n(6)]).fixed().attribute().needs(TRADE).never_with(&["366n"]),
    Ai::range("3670", "3675", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["367n"]),
    Ai::range("3680", "3685", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["368n"]),
    Ai::range("3690", "3695", &[n(6)]).fixed().attribute().needs(LOGISTIC).never_with(&["369n"]),
    Ai::of("37", &[n_to(8)]).attribute().needs(&[&["00", "02"], &["00", "8026"]]),
    Ai::range("3900", "3909", &[n_to(15)])
        .attribute()
        .needs(&[&["255"], &["8020"]])
        .never_with(&["390n", "391n", "394n", "8111"]),
    Ai::range("3910", "3919", &[n(3).and(&[Currency]), n_to(15)]).attribute().needs(&[&["8020"]]).never_with(&["391n"]),
    Ai::range("3920", "3929", &[n_to(15)])
        .attribute()
        .needs(&[&["01", "30"], &["01", "31nn"], &["01", "32nn"], &["01", "35nn"], &["01", "36nn"]])
        .never_with(&["392n", "393n"]),
    Ai::range("3930", "3939", &[n(3).and(&[Currency]), n_to(15)]).attribute().needs(COUNTED).never_with(&["393n"]),
    Ai::range("3940", "3943", &[n(4)]).attribute().needs(&[&["255"]]).never_with(&["394n", "8111"]),
    Ai::range("3950", "3955", &[n(6)]).attribute().needs(COUNTED).never_with(&["392n", "393n", "395n", "8005"]),
];
