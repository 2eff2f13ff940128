/// Telephone numbers as people write them.
enum NumberText {
    /// The E.164 form of what somebody wrote; `nil` when it is none.
    ///
    /// Spaces, dashes, dots and parentheses may stand between the digits.
    static func e164(_ text: some StringProtocol) -> String? {
        var digits = ""
        var hasPlus = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "+"):
                guard !hasPlus, digits.isEmpty else { return nil }
                hasPlus = true
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("),
                UInt8(ascii: ")"):
                continue
            default:
                return nil
            }
        }
        guard hasPlus, (7...15).contains(digits.count), digits.first != "0" else { return nil }
        return "+" + digits
    }

    /// ``e164(_:)`` for something that must be a number.
    static func parse(_ text: some StringProtocol) throws(CLIError) -> String {
        guard let e164 = e164(text) else {
            throw .usage(
                "\(text) is not a telephone number. Write + and the country code, like "
                    + "+14155550100.")
        }
        return e164
    }
}

/// A number as a command names it: by its id or in E.164.
enum NumberReference: Hashable {
    case id(String)
    case e164(String)

    init(_ text: String) throws(CLIError) {
        if text.hasPrefix("num_") {
            self = .id(text)
        } else if let e164 = NumberText.e164(text) {
            self = .e164(e164)
        } else {
            throw .usage(
                "\(text) names no number. Write it like +14155550100, or give its id (num_...).")
        }
    }
}

/// `+14155550100..+14155550199`: numbers in a row, both ends included.
enum NumberRange {
    static let countMax = 100_000

    static func numbers(_ text: String) throws(CLIError) -> [String] {
        let parts = text.split(separator: ".", omittingEmptySubsequences: true)
        guard parts.count == 2, text.contains(".."), let first = NumberText.e164(parts[0]),
            let last = NumberText.e164(parts[1])
        else {
            throw .usage(
                "\(text) is not a range. Write both ends: +14155550100..+14155550199.")
        }
        // At most fifteen digits: they fit.
        guard first.utf8.count == last.utf8.count, let from = UInt64(first.dropFirst()),
            let to = UInt64(last.dropFirst()), from <= to
        else {
            throw .usage(
                "In the range \(text) the ends must have as many digits, the lower one first.")
        }
        guard to - from < UInt64(countMax) else {
            throw .usage(
                "The range \(text) holds more than \(ProgressBar.grouped(countMax)) numbers; give "
                    + "a smaller one.")
        }
        return (from...to).map { "+\($0)" }
    }
}
