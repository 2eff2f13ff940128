/// Rows under headings, as wide as the terminal allows.
struct Table {
    enum Alignment { case left, right }

    struct Column {
        let title: String
        let alignment: Alignment
        /// What it keeps when the table is too wide for the terminal.
        let widthMin: Int

        init(_ title: String, _ alignment: Alignment = .left, widthMin: Int = 6) {
            self.title = title
            self.alignment = alignment
            self.widthMin = widthMin
        }
    }

    /// One field of a row; text from elsewhere is made safe here.
    struct Cell: ExpressibleByStringLiteral {
        let text: String
        let style: Style

        init(_ text: some StringProtocol, _ style: Style = .plain) {
            self.text = SafeText.shown(text)
            self.style = style
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    private static let gap = 2

    let columns: [Column]
    private(set) var rows: [[Cell]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row with one cell for each column.
    mutating func add(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(cells)
    }

    /// The table's lines.
    ///
    /// - Parameters:
    ///   - width: Columns that a line may take; `nil` is without limit, and nothing is cut. Where
    ///     there is too little, columns that hold nothing go first.
    func lines(width: Int?, color: Bool) -> [String] {
        var shown = Array(columns.indices)
        if let width, excess(over: width, in: shown) > 0, !rows.isEmpty {
            shown.removeAll { place in rows.allSatisfy { $0[place].text.isEmpty } }
        }
        let widths = fittedWidths(width, in: shown)
        let head = columns.map { Cell($0.title.uppercased(), .heading) }
        return ([head] + rows).map { line($0, shown, widths, color: color) }
    }

    private func line(_ cells: [Cell], _ shown: [Int], _ widths: [Int], color: Bool) -> String {
        var line = ""
        for (place, width) in zip(shown, widths) {
            let cell = cells[place]
            let text = DisplayWidth.fit(cell.text, width)
            let space = String(repeating: " ", count: width - DisplayWidth.of(text))
            let styled = cell.style.applied(to: text, color: color)
            if place != shown.first { line += String(repeating: " ", count: Self.gap) }
            switch columns[place].alignment {
            case .left: line += styled + space
            case .right: line += space + styled
            }
        }
        // What the last column and empty ones before it leave.
        while line.last == " " { line.removeLast() }
        return line
    }

    private func naturalWidth(_ place: Int) -> Int {
        rows.reduce(DisplayWidth.of(columns[place].title)) {
            max($0, DisplayWidth.of($1[place].text))
        }
    }

    private func excess(over width: Int, in shown: [Int]) -> Int {
        shown.reduce(0) { $0 + naturalWidth($1) } + Self.gap * max(shown.count - 1, 0) - width
    }

    /// What each column needs; if that is too much, the widest give way to each other down to their
    /// least.
    private func fittedWidths(_ width: Int?, in shown: [Int]) -> [Int] {
        var widths = shown.map { naturalWidth($0) }
        guard let width else { return widths }
        for _ in 0..<max(excess(over: width, in: shown), 0) {
            let shrinkable = widths.indices.filter { widths[$0] > columns[shown[$0]].widthMin }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }
}

/// Names with their values, one a line: what one thing is like.
struct Details {
    private(set) var entries: [(name: String, value: Table.Cell)] = []

    /// Adds a line; one without a value is left out.
    mutating func add(_ name: String, _ value: some StringProtocol, _ style: Style = .plain) {
        guard !value.isEmpty else { return }
        entries.append((name, Table.Cell(value, style)))
    }

    /// The lines; values are never cut.
    func lines(color: Bool) -> [String] {
        let width = entries.map { DisplayWidth.of($0.name) }.max() ?? 0
        return entries.map { name, value in
            let space = String(repeating: " ", count: width - DisplayWidth.of(name) + 2)
            return Style.faint.applied(to: name, color: color) + space
                + value.style.applied(to: value.text, color: color)
        }
    }
}
