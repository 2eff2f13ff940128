/// A carrier's own words, made fit to be shown: they reach callers and logs.
enum CarrierWords {
    private static let scalarsMax = 300

    /// One line of about 300 characters at most, without control characters and without the secrets,
    /// should the carrier have sent one back.
    static func clean(_ text: String, without secrets: [String]) -> String {
        var shown = ""
        var count = 0
        var gap = false
        for scalar in withoutSecrets(text, secrets).unicodeScalars {
            guard !isControl(scalar), scalar != " " else {
                gap = !shown.isEmpty
                continue
            }
            guard count < scalarsMax else {
                shown += "…"
                break
            }
            if gap { shown.append(" ") }
            count += gap ? 2 : 1
            gap = false
            shown.unicodeScalars.append(scalar)
        }
        return shown
    }

    private static func withoutSecrets(_ text: String, _ secrets: [String]) -> String {
        var text = text
        for secret in secrets where !secret.isEmpty {
            text = text.replacing(secret, with: "(secret)")
        }
        return text
    }

    /// Control characters, line separators and the marks that turn the direction of writing.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
