package org.podpath.experiments.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.podpath.experiments.WrongInput;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into nodes.
 *
 * <p>The nodes are made of the parser's events rather than by the library's composer, whose
 * recursion has no limit: text from elsewhere must not be able to exhaust the stack or the memory.
 */
public final class YamlParser {
  private static final int MOST_LEVELS = 64;
  private static final long MOST_VALUES = 1_000_000;

  private final String source;
  private final boolean hasLines;
  private final Faults faults;
  private final Iterator<Event> events;
  private final Map<Anchor, YamlNode> anchored = new HashMap<>();

  private YamlParser(String source, boolean hasLines, String text, Faults faults) {
    this.source = source;
    this.hasLines = hasLines;
    this.faults = faults;
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).setLabel(source).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * The only document of a file, whatever it is about.
   *
   * @param file as the user named it
   * @param faults takes what does not keep the document from being read, such as a repeated key
   * @throws WrongInput if the text is not one YAML document
   */
  public static YamlNode parseFile(String file, String text, Faults faults) {
    return parse(file, true, text, faults);
  }

  /**
   * The only document of a file.
   *
   * @param file as the user named it
   * @param faults takes what does not keep the document from being read, such as a repeated key
   * @param hint what to write into a file that is empty
   * @throws WrongInput if the text is not one YAML document
   */
  public static YamlNode parseFile(String file, String text, Faults faults, String hint) {
    if (text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"))) {
      throw new WrongInput(new Place(file, 1) + ": an empty file; write " + hint);
    }
    return parse(file, true, text, faults);
  }

  /**
   * A value from the command line.
   *
   * @param option how a fault names the option
   * @param faults takes what does not keep the value from being read
   * @throws WrongInput if the text is not one YAML value
   */
  public static YamlNode parseOption(String option, String text, Faults faults) {
    return parse(option, false, text, faults);
  }

  private static YamlNode parse(String source, boolean hasLines, String text, Faults faults) {
    try {
      return new YamlParser(source, hasLines, text, faults).document();
    } catch (MarkedYamlEngineException fault) {
      int line = fault.getProblemMark().or(fault::getContextMark).map(Mark::getLine).orElse(0);
      throw notYaml(new Place(source, hasLines ? line + 1 : 0), fault.getProblem());
    } catch (ReaderException fault) {
      long linesBefore =
          text.codePoints().limit(fault.getPosition()).filter(c -> c == '\n').count();
      String character = String.format("character U+%04X", fault.getCodePoint());
      throw notYaml(
          new Place(source, hasLines ? (int) linesBefore + 1 : 0), character + " is not allowed");
    } catch (YamlEngineException fault) {
      throw notYaml(new Place(source, 0), fault.getMessage());
    }
  }

  private static WrongInput notYaml(Place place, String problem) {
    String oneLine = problem.strip().replaceAll("\\s*\\R\\s*", " ");
    String hint =
        oneLine.contains("TAB") ? "indent with spaces"
            : "write YAML, with values that hold one of : # { } [ ] , & * in quotes";
    return new WrongInput(place + ": not YAML: " + oneLine + "; " + hint);
  }

  private YamlNode document() {
    events.next(); // start of the stream
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      throw new WrongInput(new Place(source, hasLines ? 1 : 0) + ": empty; write a value");
    }
    Event first = events.next();
    YamlNode root = node(first, place(first), 1);
    events.next(); // end of the document
    Event next = events.next();
    if (next.getEventId() != Event.ID.StreamEnd) {
      throw new WrongInput(place(next) + ": a second document; write one in each file");
    }
    return root;
  }

  private YamlNode node(Event event, Place blockPlace, int level) {
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    YamlNode node = newNode(event, blockPlace, level);
    if (node.size() > MOST_VALUES) {
      throw new WrongInput(
          place(event) + ": more than " + MOST_VALUES
              + " values; write fewer or use fewer aliases");
    }
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchored.put(anchor, node));
    return node;
  }

  private YamlNode newNode(Event event, Place blockPlace, int level) {
    if (level > MOST_LEVELS) {
      throw new WrongInput(
          place(event) + ": more than " + MOST_LEVELS + " levels deep; write it flatter");
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), event);
      return new YamlNode.Scalar(place(event), scalar.getValue(), scalar.isPlain());
    }
    CollectionStartEvent start = (CollectionStartEvent) event;
    refuseTag(start.getTag(), event);
    start.getAnchor().ifPresent(anchor -> anchored.put(anchor, null)); // begun, not yet whole
    Place place = start.isFlow() ? place(event) : blockPlace;
    return event instanceof MappingStartEvent ? mapping(place, level) : sequence(place, level);
  }

  private YamlNode sequence(Place place, int level) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = events.next(); isNode(event); event = events.next()) {
      items.add(node(event, place(event), level + 1));
    }
    return new YamlNode.Sequence(place, items);
  }

  private YamlNode mapping(Place place, int level) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (Event event = events.next(); isNode(event); event = events.next()) {
      Place keyPlace = place(event);
      YamlNode key = node(event, keyPlace, level + 1);
      YamlNode value = node(events.next(), keyPlace, level + 1);
      if (!(key instanceof YamlNode.Scalar scalar) || scalar.isNothing()) {
        faults.add(keyPlace, "a key that is not a word; write 'key: value'");
        continue;
      }
      YamlNode.Entry entry = new YamlNode.Entry(keyPlace, scalar.text(), value);
      YamlNode.Entry earlier = entries.putIfAbsent(scalar.text(), entry);
      if (earlier != null) {
        faults.add(
            keyPlace, "repeated key '" + scalar.text() + "', first at " + earlier.place()
                + "; write it once");
      }
    }
    return new YamlNode.Mapping(place, List.copyOf(entries.values()));
  }

  private YamlNode aliased(AliasEvent alias) {
    Anchor anchor = alias.getAlias();
    YamlNode node = anchored.get(anchor);
    if (node != null) {
      return node;
    }
    throw new WrongInput(
        place(alias) + (anchored.containsKey(anchor)
            ? ": alias '*" + anchor + "' contains itself; write the value out"
            : ": unknown alias '*" + anchor + "'; write '&" + anchor
                + "' before the value it names"));
  }

  private void refuseTag(Optional<String> tag, Event event) {
    tag.filter(text -> !text.equals("!"))
        .ifPresent(text -> faults.add(
            place(event), "tag '" + text + "'; write the value without a tag"));
  }

  private static boolean isNode(Event event) {
    return event instanceof NodeEvent;
  }

  private Place place(Event event) {
    int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    return new Place(source, hasLines ? line : 0);
  }
}
