/// What holds for every name, label and note that people give to things: one line of bounded length.
public enum PlainText {
    /// Takes text of `length` characters on one line. Unicode scalars are counted: what a person sees
    /// as one character can be of any length.
    ///
    /// A NUL would end the text early where it is handed to C; an escape sequence or a line separator
    /// would write what it likes onto the terminal, or into the log, of whoever reads it.
    ///
    /// - Throws: `invalidArgument` naming the field.
    @discardableResult
    public static func checked(
        _ text: String, field: String, length: ClosedRange<Int>
    ) throws(DomainError) -> String {
        let scalars = text.unicodeScalars
        guard length.contains(scalars.count), !scalars.contains(where: \.breaksLine) else {
            let amount =
                length.lowerBound == 0
                ? "at most \(length.upperBound)" : "\(length.lowerBound) to \(length.upperBound)"
            throw DomainError(
                .invalidArgument,
                "\(field) must be \(amount) characters without control characters.", field: field)
        }
        return text
    }
}

extension Unicode.Scalar {
    /// Whether it moves a cursor or ends a line: C0, DEL, C1 and the line separators.
    var breaksLine: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
