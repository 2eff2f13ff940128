/// Makes text from elsewhere safe to show.
///
/// A label or a message may hold what a terminal obeys: escape sequences, or marks that turn the
/// direction of text. Those are shown as their code instead.
enum SafeText {
    /// The text with everything that does not show itself written out: `\u{1B}`.
    static func shown(_ text: some StringProtocol) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return String(text) }
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": shown += "\\n"
            case "\t": shown += "\\t"
            case "\r": shown += "\\r"
            default:
                if isHidden(scalar) {
                    shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
                } else {
                    shown.unicodeScalars.append(scalar)
                }
            }
        }
        return shown
    }

    /// JSON with the same characters as JSON's own escapes. A line break between members stays:
    /// inside a text, JSON has written it as an escape already.
    static func json(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isHidden($0) && $0 != "\n" }) else {
            return text
        }
        var shown = ""
        for scalar in text.unicodeScalars {
            guard isHidden(scalar), scalar != "\n" else {
                shown.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                shown += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return shown
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            true
        // Joiners belong to scripts and emoji; the rest of the group turns or hides text.
        case .format: scalar.value != 0x200C && scalar.value != 0x200D
        default: false
        }
    }
}
