/// Amounts in millionths of a US dollar, as the carriers write them.
enum Money {
    /// With two decimals, or as many more as it takes.
    static func text(_ micros: Int64) -> String {
        let magnitude = micros.magnitude
        var fraction = String(magnitude % 1_000_000)
        fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
        while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
        return (micros < 0 ? "-" : "") + "\(magnitude / 1_000_000).\(fraction)"
    }
}
