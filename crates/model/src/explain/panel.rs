//! The panels of the page that studies answer: what the page asks for, and what the studies are told by.

ids! {
    /// A panel, in the order in which panels are studied: what takes longest comes last.
    pub enum Panel {
        /// Why the best option leads.
        Why = "why",
        /// Cost against task count.
        Curve = "curve",
        /// What would flip the verdict.
        Flips = "flips",
        /// Which task stands on which instance.
        Fleet = "fleet",
        /// What is worth knowing of the service.
        Notes = "notes",
        /// The decision matrix, and cost against fit.
        Matrix = "matrix",
        /// An interview answer.
        Interview = "interview",
        /// What the totals rest on.
        Assumptions = "assumptions",
        /// The present scenario against one that was kept.
        Compare = "compare",
        /// What commitments cost if things do not go as planned.
        Stress = "stress",
        /// What all services cost together.
        Cluster = "cluster",
        /// The cheapest option for each service of a cluster.
        Assignment = "assignment",
        /// Which option wins over two inputs.
        Map = "map",
        /// How sure the verdict is.
        Sure = "sure",
    }
}
