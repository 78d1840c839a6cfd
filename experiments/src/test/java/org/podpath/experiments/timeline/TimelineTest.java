package org.podpath.experiments.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.WrongInput;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class TimelineTest {
  private static final long US = 1_000_000; // in ps

  @TempDir
  private Path folder;

  /** Process 1 and thread 0 of the run: numbers in the file are one more. */
  @Test
  void theFileIsAChromeTraceWithALineAnEvent() throws IOException {
    try (Timeline timeline = Timeline.open(file())) {
      timeline.process(1, "blue/0");
      timeline.thread(1, 0, "rank 0");
      timeline.span(1, 0, "compute", 0, 213 * US, "");
      timeline.span(1, 0, "all-reduce", 213 * US, 1_358_500_999, "chunk 3");
    }

    assertThat(file()).content().isEqualTo("""
        {"traceEvents":[
        {"ph":"M","pid":2,"tid":1,"name":"process_name","args":{"name":"blue/0"}},
        {"ph":"M","pid":2,"tid":1,"name":"thread_name","args":{"name":"rank 0"}},
        {"ph":"M","pid":2,"tid":1,"name":"thread_sort_index","args":{"sort_index":0}},
        {"ph":"X","pid":2,"tid":1,"name":"compute","ts":0.000,"dur":213.000},
        {"ph":"X","pid":2,"tid":1,"name":"all-reduce","ts":213.000,"dur":1145.500,\
        "args":{"detail":"chunk 3"}}
        ],"displayTimeUnit":"ns"}
        """);
  }

  @Test
  void namesMayHoldWhatJsonKeepsForItself() throws IOException {
    String name = "\"blue\" \\ red\n\tfür 𝄞";

    try (Timeline timeline = Timeline.open(file())) {
      timeline.process(1, name);
      timeline.thread(1, 0, name);
      timeline.span(1, 0, name, 0, US, name);
    }

    assertThat(events()).hasSize(4);
    assertThat(events().get(0)).containsEntry("args", Map.of("name", name));
    assertThat(events().get(1)).containsEntry("args", Map.of("name", name));
    assertThat(events().get(3)).containsEntry("name", name)
        .containsEntry("args", Map.of("detail", name));
  }

  @Test
  void eventsStandInTheOrderInWhichTheyCame() throws IOException {
    try (Timeline timeline = Timeline.open(file())) {
      timeline.thread(2, 7, "rank 7");
      for (int step = 0; step < 1000; step++) {
        timeline.span(2, 7, "step " + step, step * US, (step + 1) * US, "");
      }
    }

    List<Map<String, Object>> spans = spans();
    assertThat(spans).hasSize(1000);
    for (int step = 0; step < 1000; step++) {
      assertThat(spans.get(step)).containsEntry("name", "step " + step)
          .containsEntry("ts", (double) step)
          .containsEntry("dur", 1.0)
          .containsEntry("pid", 3)
          .containsEntry("tid", 8);
    }
  }

  /** 1.9 ns to 3.1 ns and on to 4.2 ns: from 1 to 3 and from 3 to 4, in which they still touch. */
  @Test
  void timesAreRoundedDownToNanosecondsSoThatSpansThatTouchDoNotOverlap() throws IOException {
    try (Timeline timeline = Timeline.open(file())) {
      timeline.thread(1, 0, "rank 0");
      timeline.span(1, 0, "a", 1900, 3100, "");
      timeline.span(1, 0, "b", 3100, 4200, "");
    }

    assertThat(spans().get(0)).containsEntry("ts", 0.001).containsEntry("dur", 0.002);
    assertThat(spans().get(1)).containsEntry("ts", 0.003).containsEntry("dur", 0.001);
  }

  /** On the thread of a: c, which starts as a ends. Beside it: b, which starts before that. */
  @Test
  void aSpanThatOverlapsAnotherIsDrawnOnOneMoreThreadOfThatName() throws IOException {
    try (Timeline timeline = Timeline.open(file())) {
      timeline.thread(1, 3, "rank 3");
      timeline.span(1, 3, "a", 0, 2 * US, "");
      timeline.span(1, 3, "b", US, 3 * US, "");
      timeline.span(1, 3, "c", 2 * US, 4 * US, "");
      timeline.span(1, 3, "d", 3 * US, 5 * US, "");
    }

    assertThat(spans()).extracting(span -> span.get("name") + " " + span.get("tid"))
        .containsExactly("a 4", "b 1000004", "c 4", "d 1000004");
    assertThat(named("thread_name")).containsExactly("4 {name=rank 3}",
        "1000004 {name=rank 3 (2)}");
    assertThat(named("thread_sort_index"))
        .containsExactly("4 {sort_index=3}", "1000004 {sort_index=3}");
  }

  @Test
  void aThreadThatNobodyNamedHasItsNumberForAName() throws IOException {
    try (Timeline timeline = Timeline.open(file())) {
      timeline.span(1, 3, "compute", 0, US, "");
    }

    assertThat(named("thread_name")).containsExactly("4 {name=thread 3}");
  }

  @Test
  void theFileIsWholeWhenTheRunFailsHalfWay() throws IOException {
    assertThatThrownBy(() -> {
      try (Timeline timeline = Timeline.open(file())) {
        timeline.thread(1, 0, "rank 0");
        timeline.span(1, 0, "compute", 0, US, "");
        throw new IllegalStateException("out of luck");
      }
    }).hasMessage("out of luck");

    assertThat(events()).hasSize(3);
  }

  @Test
  void aTimelineWithoutEventsIsWholeToo() throws IOException {
    Timeline timeline = Timeline.open(file());

    timeline.close();
    timeline.close();

    assertThat(events()).isEmpty();
  }

  @Test
  void aFileThatCannotBeWrittenIsRefused() {
    Path nowhere = folder.resolve("missing").resolve("run.json");

    assertThatThrownBy(() -> Timeline.open(nowhere))
        .isInstanceOf(WrongInput.class)
        .hasMessage(
            "--timeline " + nowhere
                + ": cannot be written; write a file in a folder that is there");
    assertThatThrownBy(() -> Timeline.open(folder)).isInstanceOf(WrongInput.class);
  }

  @Test
  void whatNoViewerCouldShowIsRefused() {
    try (Timeline timeline = Timeline.open(file())) {
      timeline.thread(1, 0, "rank 0");

      assertThatThrownBy(() -> timeline.span(1, 0, "compute", 7, 3, ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("compute cannot end at 3 ps, before its start at 7 ps");
      assertThatThrownBy(() -> timeline.thread(1, 0, "rank 0"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("thread 0 of 1 has a name already");
      assertThatThrownBy(() -> timeline.thread(1, 1_000_000, "rank"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("thread 1000000 is not from 0 to 999999");
    }
  }

  private Path file() {
    return folder.resolve("run.json");
  }

  private List<Map<String, Object>> spans() throws IOException {
    return events().stream().filter(event -> event.get("ph").equals("X")).toList();
  }

  private List<String> named(String metadata) throws IOException {
    return events().stream()
        .filter(event -> event.get("name").equals(metadata))
        .map(event -> event.get("tid") + " " + event.get("args"))
        .toList();
  }

  /** JSON is YAML, and the reader refuses a key that stands twice. */
  private List<Map<String, Object>> events() throws IOException {
    LoadSettings settings =
        LoadSettings.builder().setAllowDuplicateKeys(false).setCodePointLimit(1 << 24).build();
    Map<?, ?> trace = (Map<?, ?>) new Load(settings).loadFromString(Files.readString(file()));
    assertThat(trace.get("displayTimeUnit")).isEqualTo("ns");
    List<Map<String, Object>> events = new ArrayList<>();
    for (Object event : (List<?>) trace.get("traceEvents")) {
      events.add(members((Map<?, ?>) event));
    }
    return events;
  }

  private static Map<String, Object> members(Map<?, ?> object) {
    Map<String, Object> members = new LinkedHashMap<>();
    object.forEach((name, value) -> members.put((String) name, value));
    return members;
  }
}
