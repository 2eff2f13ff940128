/// An enumeration of the wire.
///
/// A number that this version does not know becomes `unrecognized`, which keeps it. Make values
/// from numbers with ``init(rawValue:)``: it never yields `unrecognized` for a known number.
public protocol ProtoEnum: Hashable, Sendable {
    /// The name in the proto files, with its package: `linekeeper.v1.Carrier`.
    static var fullName: String { get }

    /// What the proto puts before every name: `CARRIER_`; empty when there is nothing in common.
    static var prefix: String { get }

    /// The known values in the order of the proto, with their names less the prefix: `TWILIO`.
    static var names: [(value: Self, name: String)] { get }

    /// The value with this number, known or not.
    init(rawValue: Int32)

    /// The number on the wire.
    var rawValue: Int32 { get }
}

extension ProtoEnum {
    /// Every value this version knows, in the order of the proto.
    public static var allKnown: [Self] { names.map(\.value) }

    /// The value with this name, with or without the prefix, in either case; `nil` if there is none.
    public init?(name: String) {
        let name = name.uppercased()
        guard
            let known = Self.names.first(where: {
                $0.name.uppercased() == name || (Self.prefix + $0.name).uppercased() == name
            })
        else { return nil }
        self = known.value
    }

    /// The name less the prefix (`TWILIO`), or the number in digits where there is no name.
    public var name: String {
        Self.names.first { $0.value == self }?.name ?? String(rawValue)
    }
}
