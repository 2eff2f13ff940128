public import Foundation

/// Something that a carrier really did, in the order in which it happened.
public struct LedgerEntry: Codable, Sendable {
    /// What brought it about.
    public enum Cause: String, Codable, Sendable {
        /// A request of the carrier's API.
        case request
        /// The carrier itself, in its own time: an order that ended.
        case carrier
        /// A test, behind the customer's back.
        case control
    }

    public var sequence: Int
    public var time: Date
    public var cause: Cause
    public var carrier: SimulatedCarrier
    public var account: String
    /// `number.buy`, `number.update`, `number.release`, `number.region`, `order.create`,
    /// `order.end`, …
    public var operation: String
    /// Empty when it is about no number; the first one of several.
    public var e164: String
    /// What the buyer called it; empty when it was given no name.
    public var reference: String
    /// The request, as its answer's headers name it; empty when there was none.
    public var requestID: String
}

/// A line of the ledger's file: an entry, and what the world was told to become, so that it can be
/// told again.
struct LedgerLine: Codable, Sendable {
    var entry: LedgerEntry
    var changes: [Change]
}

/// One step from one state of the world to the next; holds the state after it.
enum Change: Codable, Sendable {
    case account(Account)
    case number(OwnedNumber)
    /// The next so many numbers of ``Inventory/seeded(_:carrier:)``, given to an account.
    case seeded(account: String, count: Int)
    /// The number left its account; `heldUntil`: nobody else can have it before.
    case numberGone(carrier: SimulatedCarrier, e164: String, heldUntil: Date?)
    /// `nil` region: as if none had ever been set.
    case route(e164: String, region: Region, name: String, at: Date)
    case order(NumberOrder)
    case application(TexmlApplication)
    case applicationGone(id: String)
    case profile(MessagingProfile)
    case reservation(NumberReservation)
}

/// A ledger that cannot be read or written.
public struct LedgerFailure: Error, CustomStringConvertible {
    public var description: String
}

/// The file that the ledger is kept in: one JSON object a line.
struct LedgerFile: Sendable {
    private let handle: FileHandle

    /// Opens or makes a file, and reads what it holds.
    ///
    /// A last line without an end was never answered: it is cut off.
    ///
    /// - Throws: ``LedgerFailure`` when the file cannot be opened, or a line in it is no entry.
    static func open(_ path: String) throws -> (LedgerFile, [LedgerLine]) {
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil) else {
                throw LedgerFailure(description: "The ledger \(path) cannot be created.")
            }
        }
        guard let handle = FileHandle(forUpdatingAtPath: path) else {
            throw LedgerFailure(description: "The ledger \(path) cannot be opened.")
        }
        let content = try handle.readToEnd() ?? Data()
        let decoder = ControlJSON.decoder
        let whole = content.lastIndex(of: UInt8(ascii: "\n")).map { content.index(after: $0) } ?? 0
        try handle.truncate(atOffset: UInt64(whole))
        var lines: [LedgerLine] = []
        for (index, line) in content[..<whole].split(separator: UInt8(ascii: "\n")).enumerated() {
            do {
                lines.append(try decoder.decode(LedgerLine.self, from: Data(line)))
            } catch {
                throw LedgerFailure(
                    description: "Line \(index + 1) of the ledger \(path) is no entry: \(error)")
            }
        }
        return (LedgerFile(handle: handle), lines)
    }

    /// Appends a line; it is in the operating system's hands when this returns.
    func append(_ line: LedgerLine) throws {
        var bytes = try ControlJSON.encoder.encode(line)
        bytes.append(UInt8(ascii: "\n"))
        try handle.write(contentsOf: bytes)
    }
}

/// How the control API and the ledger write what is not a carrier's.
enum ControlJSON {
    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Int64((date.timeIntervalSince1970 * 1000).rounded()))
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { path in
            Key(camelCase(path.last?.stringValue ?? ""))
        }
        decoder.dateDecodingStrategy = .custom { decoder in
            let milliseconds = try decoder.singleValueContainer().decode(Int64.self)
            return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        }
        return decoder
    }

    /// `request_id` as `requestID`, which Foundation's own strategy makes `requestId` of.
    private static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "_")
        guard words.count > 1 else { return name }
        return words.enumerated().map { index, word in
            if index == 0 { return String(word) }
            return word == "id" ? "ID" : word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
    }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }
}
