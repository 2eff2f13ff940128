/// Comma-separated values (RFC 4180): fields may be quoted, a quote inside is doubled.
enum CSV {
    /// A row with the line it begins on, counted from 1.
    struct Row: Hashable {
        var line: Int
        var fields: [String]
    }

    /// The rows that hold anything; fields lose the blanks around them unless they are quoted.
    static func rows(_ text: String) throws(CLIError) -> [Row] {
        var parser = Parser()
        for character in text { try parser.take(character) }
        return try parser.end()
    }

    private struct Parser {
        private enum Place {
            case start, plain, quoted
            /// After a quote inside a quoted field: the field's end, or half of a doubled one.
            case quote
        }

        private var rows: [Row] = []
        private var row = Row(line: 1, fields: [])
        private var field = ""
        private var place = Place.start
        private var line = 1

        mutating func take(_ character: Character) throws(CLIError) {
            if character.isNewline { line += 1 }
            switch (place, character) {
            case (.quoted, "\""): place = .quote
            case (.quoted, _): field.append(character)
            case (.quote, "\""):
                field.append(character)
                place = .quoted
            case (_, ","): endField()
            case (_, _) where character.isNewline: endRow()
            case (.start, "\""): place = .quoted
            case (.start, " "), (.start, "\t"), (.start, "\u{FEFF}"), (.quote, " "): break
            case (.quote, _):
                throw .usage("Line \(line): text follows a quoted field; put a comma between.")
            case (.start, _), (.plain, _):
                field.append(character)
                place = .plain
            }
        }

        mutating func end() throws(CLIError) -> [Row] {
            guard place != .quoted else {
                throw .usage("Line \(row.line): a quoted field is not closed.")
            }
            endRow()
            return rows
        }

        private mutating func endField() {
            if place == .plain {
                while field.last == " " || field.last == "\t" { field.removeLast() }
            }
            row.fields.append(field)
            field = ""
            place = .start
        }

        private mutating func endRow() {
            endField()
            if row.fields.contains(where: { !$0.isEmpty }) { rows.append(row) }
            row = Row(line: line, fields: [])
        }
    }
}
