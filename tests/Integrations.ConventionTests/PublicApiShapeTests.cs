using System.Reflection;

namespace Integrations.ConventionTests;

public sealed class PublicApiShapeTests
{
    public static TheoryData<string> Packages => [.. Repository.SourceProjects.Select(p => Path.GetFileNameWithoutExtension(p))];

    [Theory, MemberData(nameof(Packages))]
    public void Public_classes_are_sealed_static_or_meant_to_be_derived(string package)
    {
        var open = PublicTypes(package).Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && !typeof(Exception).IsAssignableFrom(t) && !IsConformance(t) && !IsDbContext(t));
        Assert.Empty(open.Select(t => t.FullName));
    }

    [Theory, MemberData(nameof(Packages))]
    public void There_are_no_positional_records(string package) =>
        Assert.Empty(PublicTypes(package).Where(t => t.GetMethod("Deconstruct") is not null).Select(t => t.FullName));

    [Theory, MemberData(nameof(Packages))]
    public void Asynchronous_methods_take_a_cancellation_token_last(string package)
    {
        var offenders = PublicTypes(package).Where(t => !IsConformance(t))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => IsTask(m.ReturnType) && m.Name is not ("DisposeAsync" or "InitializeAsync") && !m.IsSpecialName && m.GetBaseDefinition().DeclaringType == m.DeclaringType)
            .Where(m => m.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}");
        Assert.Empty(offenders);
    }

    [Theory, MemberData(nameof(Packages))]
    public void Interfaces_have_no_default_members(string package) =>
        Assert.Empty(PublicTypes(package).Where(t => t.IsInterface).SelectMany(t => t.GetMethods()).Where(m => !m.IsAbstract).Select(m => m.Name));

    [Fact]
    public void No_public_property_of_a_result_or_view_gives_a_token_as_text()
    {
        // A code that says what is wrong, not one of OAuth.
        Type[] withCodes = [typeof(ProviderError), typeof(DetailsError), typeof(ConnectionCheck)];
        var offenders = PublicTypes("Integrations.Abstractions").Concat(PublicTypes("Integrations"))
            .SelectMany(t => t.GetProperties())
            .Where(p => p.PropertyType == typeof(string) && p.Name is "AccessToken" or "Code" && !withCodes.Contains(p.DeclaringType))
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}");
        Assert.Empty(offenders);
    }

    private static Type[] PublicTypes(string package) => Assembly.Load(package).GetExportedTypes();

    private static bool IsTask(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));

    // Conformance suites are test classes: others derive from them, and their tests take no parameters.
    private static bool IsConformance(Type type) => type.FullName!.Contains("Conformance", StringComparison.Ordinal);

    private static bool IsDbContext(Type type) => type.Name.EndsWith("DbContext", StringComparison.Ordinal);
}
