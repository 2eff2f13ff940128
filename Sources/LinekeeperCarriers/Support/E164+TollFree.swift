import LinekeeperCore

extension E164 {
    /// Whether a number of the +1 plan is free to call: its area code is 800 or one of those that
    /// were opened like it.
    var isNorthAmericanTollFree: Bool {
        description.utf8.count == 12
            && ["+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888"].contains {
                description.hasPrefix($0)
            }
    }
}
