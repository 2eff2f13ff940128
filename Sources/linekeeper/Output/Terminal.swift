import Foundation

/// What the terminal at one of the program's ends can do.
struct Terminal: Hashable, Sendable {
    /// Columns of a line; `nil` where the end is no terminal.
    let width: Int?
    /// Whether it shows colour and is to be shown some.
    let color: Bool
    /// Whether a line that is shown can be written over.
    let canRewrite: Bool

    var isTerminal: Bool { width != nil }

    init(width: Int?, color: Bool, canRewrite: Bool = true) {
        self.width = width
        self.color = color && width != nil
        self.canRewrite = canRewrite && width != nil
    }

    /// What stands at a file descriptor.
    init(descriptor: Int32, environment: [String: String]) {
        guard isatty(descriptor) == 1 else {
            self.init(width: nil, color: false)
            return
        }
        let isDumb = environment["TERM"] == "dumb"
        // NO_COLOR counts whatever it holds, unless it is empty (no-color.org).
        let isPlain = environment["NO_COLOR"]?.isEmpty == false
        self.init(
            width: Self.columns(descriptor, environment: environment),
            color: !isDumb && !isPlain, canRewrite: !isDumb)
    }

    static let widthMin = 40

    private static func columns(_ descriptor: Int32, environment: [String: String]) -> Int {
        var size = winsize()
        let asked = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
        let found = asked == 0 ? Int(size.ws_col) : 0
        let width = found > 0 ? found : environment["COLUMNS"].flatMap { Int($0) } ?? 80
        return max(width, widthMin)
    }
}
