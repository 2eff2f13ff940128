import LinekeeperCore

extension OfferQuery {
    /// The digits that the country's international numbers begin with; `nil` for a country that is
    /// not known here.
    var callingCode: String? { CallingCode.country(countryCode)?.callingCode }

    /// Whether a number has the digits that were asked for, where they were asked for: carriers read
    /// their search patterns more loosely.
    func matches(_ number: E164) -> Bool {
        guard let callingCode else { return true }
        let digits = number.description.dropFirst()
        guard digits.hasPrefix(callingCode) else { return false }
        let national = digits.dropFirst(callingCode.count)
        return national.hasPrefix(areaCode) && (contains.isEmpty || national.contains(contains))
    }
}
