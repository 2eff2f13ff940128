import FoundationEssentials
import LinekeeperCore

/// The papers of an offer as its row keeps them: a JSON array.
enum StoredRequirements {
    private struct Item: Decodable {
        let kind: String
        let description: String
    }

    static func text(_ requirements: [PurchaseRequirement]) -> String {
        JSON.array(
            requirements.map {
                .object([
                    ("kind", .string($0.kind.rawValue)), ("description", .string($0.description)),
                ])
            }
        ).text
    }

    /// Reads what ``text(_:)`` wrote.
    ///
    /// - Throws: `corruptData` for anything else.
    static func read(_ text: String) throws(DomainError) -> [PurchaseRequirement] {
        guard text != "[]" else { return [] }
        let items: [Item]
        do { items = try JSONDecoder().decode([Item].self, from: Data(text.utf8)) } catch {
            throw unreadable
        }
        var requirements: [PurchaseRequirement] = []
        for item in items {
            guard let kind = PurchaseRequirement.Kind(rawValue: item.kind) else {
                throw unreadable
            }
            requirements.append(
                PurchaseRequirement(kind: kind, description: item.description))
        }
        return requirements
    }

    private static var unreadable: DomainError {
        DomainError(.corruptData, "An offer's requirements cannot be read.")
    }
}
