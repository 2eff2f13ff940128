/// A URL's path, or another identifier of a carrier's, as it may stand in a log: of an account's or a
/// number's id the last four characters, and otherwise of five or more digits in a row the last two.
///
/// Carriers put telephone numbers and accounts into paths. `/v2/phone_numbers/+15005550006` becomes
/// `/v2/phone_numbers/+*06`, an account `AC` and 32 hex digits `AC*1a2b`; dates like `2010-04-01` stay,
/// and so does Twilio's id of a request (`RQ…`), by which its support finds it.
func maskedPath(_ path: String) -> String {
    var masked = ""
    var word = ""
    func flush() {
        masked += maskedWord(word)
        word = ""
    }
    for character in path.unicodeScalars {
        if isWordCharacter(character) {
            word.unicodeScalars.append(character)
        } else {
            flush()
            masked.unicodeScalars.append(character)
        }
    }
    flush()
    return masked
}

private func maskedWord(_ word: String) -> String {
    let isIdentifier =
        word.utf8.count == 34 && word.prefix(2).allSatisfy { ("A"..."Z").contains($0) }
        && word.dropFirst(2).allSatisfy(\.isHexDigit)
    guard !isIdentifier else {
        return word.hasPrefix("RQ") ? word : word.prefix(2) + "*" + word.suffix(4)
    }
    var masked = ""
    var digits = ""
    func flush() {
        masked += digits.utf8.count < 5 ? digits : "*" + digits.suffix(2)
        digits = ""
    }
    for character in word {
        if ("0"..."9").contains(character) {
            digits.append(character)
        } else {
            flush()
            masked.append(character)
        }
    }
    flush()
    return masked
}

private func isWordCharacter(_ character: Unicode.Scalar) -> Bool {
    switch character {
    case "0"..."9", "A"..."Z", "a"..."z": true
    default: false
    }
}
