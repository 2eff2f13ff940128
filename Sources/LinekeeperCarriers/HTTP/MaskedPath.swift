/// A URL's path as it may stand in a log: of five or more digits in a row, the last two.
///
/// Carriers put telephone numbers into paths. `/v2/phone_numbers/+15005550006` becomes
/// `/v2/phone_numbers/+*06`; dates like `2010-04-01` stay.
func maskedPath(_ path: String) -> String {
    var masked = ""
    var digits = ""
    func flush() {
        masked += digits.utf8.count < 5 ? digits : "*" + digits.suffix(2)
        digits = ""
    }
    for character in path.unicodeScalars {
        if ("0"..."9").contains(character) {
            digits.unicodeScalars.append(character)
        } else {
            flush()
            masked.unicodeScalars.append(character)
        }
    }
    flush()
    return masked
}
