package dev.tidegate.workbench.navigation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NavigationTest {
    private final Navigation navigation = new Navigation(new Place.Overview());

    @Test
    void goesBackAndForwardThroughThePlacesVisited() {
        navigation.go(new Place.Rollouts());
        navigation.go(new Place.OneRollout("r1"));

        navigation.back();
        assertThat(navigation.place()).isEqualTo(new Place.Rollouts());
        navigation.back();
        assertThat(navigation.place()).isEqualTo(new Place.Overview());
        assertThat(navigation.backProperty().get()).isFalse();
        navigation.forward();
        assertThat(navigation.place()).isEqualTo(new Place.Rollouts());
        assertThat(navigation.forwardProperty().get()).isTrue();
    }

    @Test
    void forgetsWhatWasAheadWhenAnotherWayIsTaken() {
        navigation.go(new Place.Rollouts());
        navigation.back();

        navigation.go(new Place.Playground("churn", ""));

        assertThat(navigation.forwardProperty().get()).isFalse();
    }

    static Stream<Place> places() {
        return Stream.of(
                new Place.Overview(),
                new Place.Models(),
                new Place.OneModel("churn"),
                new Place.Rollouts(),
                new Place.OneRollout("0198c0de"),
                new Place.Batches(),
                new Place.Playground("", ""),
                new Place.Playground("churn", ""),
                new Place.Playground("churn", "0198beef"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void hasALinkForEveryPlaceThatLeadsBackToIt(Place place) {
        assertThat(Place.of(place.link())).contains(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tidegate://", "tidegate://drift", "https://example.org/overview"})
    void knowsNoPlaceForAForeignLink(String link) {
        assertThat(Place.of(link)).isEmpty();
    }
}
