/// How a piece of text looks, where the terminal shows it.
enum Style: Hashable {
    case plain
    case heading
    case good
    case bad
    case doubtful
    case faint

    /// The text with this look; unchanged without colour.
    func applied(to text: String, color: Bool) -> String {
        guard color, !text.isEmpty, let code else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private var code: String? {
        switch self {
        case .plain: nil
        case .heading: "1"
        case .good: "32"
        case .bad: "31"
        case .doubtful: "33"
        case .faint: "2"
        }
    }
}
