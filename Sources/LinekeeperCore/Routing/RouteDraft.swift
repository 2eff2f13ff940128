/// The writer's view of the route table: committed facts under changes not yet committed.
public struct RouteDraft {}
