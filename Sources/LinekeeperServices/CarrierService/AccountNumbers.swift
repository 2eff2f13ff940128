import LinekeeperCore

/// Reads the numbers of a carrier's account.
enum AccountNumbers {
    /// Numbers of one account at most that are walked through.
    static let numbersMax = 100_000
    /// Up to this many, each is asked for; beyond, the account's pages are walked.
    private static let askedMax = 10
    /// Questions and changes under way at one account at a time.
    static let concurrency = 8

    /// All numbers of an account.
    ///
    /// - Throws: what the carrier leads to; `carrierNotSupported` beyond ``numbersMax``; a
    ///   cancellation shows as `deadlineExceeded`.
    static func all(
        of account: any CarrierAccount
    ) async throws(DomainError) -> (numbers: [CarrierNumber], unreadable: [String]) {
        var found: (numbers: [CarrierNumber], unreadable: [String]) = ([], [])
        try await walk(account) { page in
            found.numbers += page.numbers
            found.unreadable += page.unreadable
            return true
        }
        return found
    }

    /// Those of some numbers that an account holds.
    static func those(
        _ wanted: Set<E164>, of account: any CarrierAccount
    ) async throws(DomainError) -> [E164: CarrierNumber] {
        var found: [E164: CarrierNumber] = [:]
        if wanted.count <= askedMax {
            for e164 in wanted {
                if let number = try await account.ownedNumber(e164) { found[e164] = number }
            }
            return found
        }
        try await walk(account) { page in
            for number in page.numbers where wanted.contains(number.e164) {
                found[number.e164] = number
            }
            return found.count < wanted.count
        }
        return found
    }

    /// Walks through the pages of an account until `goOn` says no.
    private static func walk(
        _ account: any CarrierAccount, _ goOn: (CarrierPage) -> Bool
    ) async throws(DomainError) {
        var cursor: String?
        var count = 0
        repeat {
            guard !Task.isCancelled else {
                throw DomainError(.deadlineExceeded, "The caller no longer waits.")
            }
            let page = try await account.ownedNumbers(after: cursor)
            count += page.numbers.count + page.unreadable.count
            guard count <= numbersMax else {
                throw DomainError(
                    .carrierNotSupported,
                    "The account holds more than \(numbersMax) numbers: name those that are meant.",
                    facts: ["limit": "\(numbersMax)"])
            }
            guard goOn(page) else { return }
            cursor = page.next
        } while cursor != nil
    }
}

extension Sequence where Element: Sendable, Self: Sendable {
    /// Has something done for every element, for some at a time; answers in the elements' order.
    func concurrently<Result: Sendable>(
        max: Int, _ body: @escaping @Sendable (Element) async -> Result
    ) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            var results: [(Int, Result)] = []
            var running = 0
            for (index, element) in self.enumerated() {
                if running == max, let result = await group.next() {
                    results.append(result)
                    running -= 1
                }
                group.addTask { (index, await body(element)) }
                running += 1
            }
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
