enum ApolloPlaceholder {}
