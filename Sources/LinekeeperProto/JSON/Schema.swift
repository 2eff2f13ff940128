/// One message type as a descriptor describes it.
struct MessageSchema: Sendable {
    let fullName: String
    /// In the order of their numbers, which is the order they are written in.
    let fields: [FieldSchema]
    let oneofs: [String]
    let isMapEntry: Bool

    private let placeByNumber: [UInt64: Int]
    private let placeByName: [String: Int]

    init(fullName: String, fields: [FieldSchema], oneofs: [String], isMapEntry: Bool) {
        let fields = fields.sorted { $0.number < $1.number }
        self.fullName = fullName
        self.fields = fields
        self.oneofs = oneofs
        self.isMapEntry = isMapEntry
        var placeByNumber: [UInt64: Int] = [:]
        var placeByName: [String: Int] = [:]
        for (place, field) in fields.enumerated() {
            placeByNumber[field.number] = place
            placeByName[field.jsonName] = place
        }
        // Where a JSON name and a proto name are the same text, the proto name counts.
        for (place, field) in fields.enumerated() { placeByName[field.name] = place }
        self.placeByNumber = placeByNumber
        self.placeByName = placeByName
    }

    func place(ofNumber number: UInt64) -> Int? { placeByNumber[number] }

    /// The field with this name in the proto or in JSON.
    func place(named name: String) -> Int? { placeByName[name] }
}

/// One field as a descriptor describes it.
struct FieldSchema: Sendable {
    /// The types of `google.protobuf.FieldDescriptorProto.Type`, without groups.
    enum Kind: UInt64, Sendable {
        case double = 1
        case float = 2
        case int64 = 3
        case uint64 = 4
        case int32 = 5
        case fixed64 = 6
        case fixed32 = 7
        case bool = 8
        case string = 9
        case message = 11
        case bytes = 12
        case uint32 = 13
        case `enum` = 14
        case sfixed32 = 15
        case sfixed64 = 16
        case sint32 = 17
        case sint64 = 18

        var wireType: WireCursor.WireType {
            switch self {
            case .double, .fixed64, .sfixed64: .fixed64
            case .float, .fixed32, .sfixed32: .fixed32
            case .string, .message, .bytes: .delimited
            case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool, .enum: .varint
            }
        }
    }

    let name: String
    let jsonName: String
    let number: UInt64
    let kind: Kind
    /// The full name of a message or enumeration; else empty.
    let typeName: String
    let isRepeated: Bool
    /// The place among the message's oneofs.
    let oneof: Int?
    /// Whether zero differs from absent.
    let hasPresence: Bool
}

/// One enumeration as a descriptor describes it.
struct EnumSchema: Sendable {
    let fullName: String
    let values: [(name: String, number: Int32)]

    /// What every name begins with: the enumeration's own name, `CARRIER_`; else empty.
    private let prefix: String

    init(fullName: String, values: [(name: String, number: Int32)]) {
        self.fullName = fullName
        self.values = values
        var prefix = ""
        for character in fullName.split(separator: ".").last ?? "" {
            if character.isUppercase, let last = prefix.last, !last.isUppercase { prefix += "_" }
            prefix.append(character)
        }
        prefix = prefix.uppercased() + "_"
        self.prefix = values.allSatisfy { $0.name.hasPrefix(prefix) } ? prefix : ""
    }

    func name(of number: Int32) -> String? { values.first { $0.number == number }?.name }

    /// The number of a name, whole or without the prefix, in either case.
    func number(of name: String) -> Int32? {
        let name = name.uppercased()
        let known = values.first { value in
            let whole = value.name.uppercased()
            return whole == name || whole == prefix + name
        }
        return known?.number
    }

    /// The names as a person would type them.
    var shortNames: [String] { values.map { String($0.name.dropFirst(prefix.count)) } }
}
