package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import dev.switchboard.traffic.Transport;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to the room: makes, starts, stops, replaces, deletes and lists endpoints. Any thread; what is asked of one
 * endpoint is done in turn, and does not hold up the others.
 *
 * <p>What can't be done throws a {@link RefusedException} and changes nothing.
 */
public final class Endpoints {

    private static final Logger log = LoggerFactory.getLogger(Endpoints.class);

    private final Engine engine;
    private final DefinitionFile file;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicLong made = new AtomicLong();
    /** Written down, but could not come back: it stays written, so that it can once the reason is gone. */
    private final Map<String, EndpointDefinition> aside = new ConcurrentHashMap<>();

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** So that what is written last is what was true last. */
    private final ReentrantLock keeping = new ReentrantLock();

    Endpoints(Engine engine, DefinitionFile file) {
        this.engine = engine;
        this.file = file;
    }

    /** A name that is taken, and the endpoint that has it, once it is made. */
    private static final class Slot {

        private final long number;
        private final ReentrantLock lock = new ReentrantLock();
        private final Counters counters = new Counters();
        private volatile @Nullable Endpoint endpoint;
        /**
         * What is to come back after a restart: nothing yet while it is being made, the old one while it is replaced.
         */
        private volatile @Nullable EndpointSpec kept;

        private Slot(long number) {
            this.number = number;
        }
    }

    /** All of them, newest first. */
    public List<EndpointStatus> list() {
        return slots.values().stream()
                .sorted(Comparator.comparingLong((Slot slot) -> slot.number).reversed())
                .flatMap(slot -> Optional.ofNullable(slot.endpoint).stream())
                .map(Endpoint::status)
                .toList();
    }

    /** One, as it is now. */
    public EndpointStatus get(String name) {
        return endpoint(name).status();
    }

    /** Whether the name is that of an endpoint, or of one that is set aside. */
    boolean taken(String name) {
        return slots.containsKey(name) || aside.containsKey(name);
    }

    Endpoint endpoint(String name) {
        Slot slot = slots.get(name);
        Endpoint endpoint = slot == null ? null : slot.endpoint;
        if (endpoint == null) {
            throw unknown(name);
        }
        return endpoint;
    }

    /** Has {@code watcher} told of every endpoint that is made and deleted from now on. */
    void watchedBy(Watcher watcher) {
        watchers.add(watcher);
    }

    /** How many there may be. */
    int most() {
        return engine.properties().maxEndpoints();
    }

    /** How many are in that state. */
    long count(EndpointStatus.State state) {
        return slots.values().stream()
                .map(slot -> slot.endpoint)
                .filter(endpoint -> endpoint != null && endpoint.state() == state)
                .count();
    }

    /** The endpoint of that name, as long as there is one. */
    Optional<Endpoint> find(String name) {
        return Optional.ofNullable(slots.get(name)).map(slot -> slot.endpoint);
    }

    /** Whoever keeps something for each endpoint. Called with the endpoint's lock, so it is quick. */
    interface Watcher {

        /**
         * There is one of that name from now on; what it counts it counts there, whatever becomes of its definition.
         */
        void made(String name, Counters counters);

        /** There is none of that name any more. */
        void gone(String name);
    }

    /** What an endpoint does with what comes in; for each frame, so it is quick. */
    EndpointSpec.OnReceive onReceive(String name) {
        Slot slot = slots.get(name);
        Endpoint endpoint = slot == null ? null : slot.endpoint;
        return endpoint == null ? EndpointSpec.OnReceive.NONE : endpoint.spec().onReceive();
    }

    /** Whether at the other end of that datagram peer there is an echo of our own. */
    boolean echoesDatagrams(ConnectionKey peer) {
        if (peer.transport() != Transport.UDP) {
            return false;
        }
        for (Slot slot : slots.values()) {
            if (slot.endpoint instanceof UdpEndpoint udp
                    && udp.spec().onReceive() == EndpointSpec.OnReceive.ECHO
                    && udp.isAt(peer.remote())) {
                return true;
            }
        }
        return false;
    }

    /** Makes one and, unless it says otherwise, starts it; if its address can't be had nothing is left behind. */
    public EndpointStatus create(EndpointSpec spec) {
        EndpointStatus status = add(spec);
        keep(spec.name());
        return status;
    }

    private void notTooMany() {
        int most = most();
        if (slots.size() > most) {
            throw RefusedException.tooMuch(
                    "there are " + most + " endpoints, as many as switchboard.max-endpoints allows: delete one first");
        }
    }

    private EndpointStatus add(EndpointSpec spec) {
        allowed(spec);
        Slot slot = new Slot(made.incrementAndGet());
        if (slots.putIfAbsent(spec.name(), slot) != null) {
            throw RefusedException.conflict(
                    "name", "there is an endpoint '" + spec.name() + "' already: choose another name");
        }
        slot.lock.lock();
        try {
            notTooMany();
            Endpoint endpoint = Endpoint.of(engine, spec, slot.counters, false);
            // Known before its socket is open, so that whoever acts on the first frame finds it.
            slot.endpoint = endpoint;
            watchers.forEach(watcher -> watcher.made(spec.name(), slot.counters));
            if (spec.autoStart()) {
                endpoint.start();
            }
            slot.kept = spec;
            return endpoint.status();
        } catch (IOException e) {
            remove(spec.name(), slot);
            throw RefusedException.conflict("bind", Endpoint.sentence(e));
        } catch (RuntimeException e) {
            remove(spec.name(), slot);
            throw e;
        } finally {
            slot.lock.unlock();
        }
    }

    /** With the slot's lock. Whoever watches is told before the name can be taken again. */
    private void remove(String name, Slot slot) {
        watchers.forEach(watcher -> watcher.gone(name));
        slots.remove(name, slot);
    }

    /** Makes one that is there whatever happens: if its address can't be had it is {@code failed}, and says why. */
    void addOrFail(EndpointSpec spec, boolean declared) {
        Slot slot = new Slot(made.incrementAndGet());
        if (slots.putIfAbsent(spec.name(), slot) != null) {
            throw RefusedException.conflict("name", "there are two endpoints of the name '" + spec.name() + "'");
        }
        slot.lock.lock();
        try {
            Endpoint endpoint = Endpoint.of(engine, spec, slot.counters, declared);
            slot.endpoint = endpoint;
            slot.kept = declared ? null : spec;
            watchers.forEach(watcher -> watcher.made(spec.name(), slot.counters));
            if (spec.autoStart()) {
                startOrFail(endpoint);
            }
        } finally {
            slot.lock.unlock();
        }
    }

    /** With the slot's lock. The reason why it did not start, or null when it did. */
    private static @Nullable String startOrFail(Endpoint endpoint) {
        try {
            endpoint.start();
            return null;
        } catch (IOException | RuntimeException e) {
            String sentence = Endpoint.sentence(e);
            endpoint.happened(Kind.FAILED, Call.BIND, sentence);
            return sentence;
        }
    }

    /** Replaces the definition; the socket is opened anew only if it has to be. */
    public EndpointStatus replace(EndpointSpec spec) {
        EndpointStatus status = change(spec.name(), (slot, old) -> {
            notDeclared(old, "changed");
            allowed(spec);
            EndpointSpec before = old.spec();
            if (spec.sameSocketAs(before)) {
                old.redefine(spec);
                slot.kept = spec;
                return old;
            }
            Endpoint replacement = reopen(slot, old, spec);
            slot.kept = spec;
            return replacement;
        });
        keep(spec.name());
        return status;
    }

    private Endpoint reopen(Slot slot, Endpoint old, EndpointSpec spec) {
        boolean wanted = old.running() || old.status().state() == EndpointStatus.State.FAILED;
        Endpoint replacement = Endpoint.of(engine, spec, slot.counters, false);
        try {
            if (wanted) {
                Probe.beside(old.status(), spec);
            }
        } catch (IOException e) {
            throw RefusedException.conflict("bind", Endpoint.sentence(e) + "; it goes on as it was");
        }
        old.stop(CloseReason.ENDPOINT_STOPPED);
        slot.endpoint = replacement;
        if (!wanted) {
            return replacement;
        }
        try {
            replacement.start();
            return replacement;
        } catch (IOException | RuntimeException e) {
            slot.endpoint = old;
            String failure = startOrFail(old);
            throw RefusedException.conflict(
                    "bind",
                    Endpoint.sentence(e)
                            + (failure == null
                                    ? "; it was opened again as it was"
                                    : "; nor can it be as it was: " + failure));
        }
    }

    /** Starts it; nothing happens if it runs already. */
    public EndpointStatus start(String name) {
        return change(name, (slot, endpoint) -> {
            String failure = endpoint.running() ? null : startOrFail(endpoint);
            if (failure != null) {
                throw RefusedException.conflict(failure);
            }
            return endpoint;
        });
    }

    /** Ends its connections and gives up its socket; nothing happens if it is stopped already. */
    public EndpointStatus stop(String name) {
        return change(name, (slot, endpoint) -> {
            endpoint.stop(CloseReason.ENDPOINT_STOPPED);
            return endpoint;
        });
    }

    /** Stops and forgets it; what was recorded of it stays. */
    public void delete(String name) {
        change(name, (slot, endpoint) -> {
            notDeclared(endpoint, "deleted");
            endpoint.stop(CloseReason.ENDPOINT_STOPPED);
            remove(name, slot);
            return endpoint;
        });
        keep(name);
    }

    /** Stops all, in order, as the process ends. */
    void shutdown() {
        List<Thread> stopping = new ArrayList<>();
        for (Slot slot : slots.values()) {
            stopping.add(Thread.ofVirtual().start(() -> {
                slot.lock.lock();
                try {
                    Endpoint endpoint = slot.endpoint;
                    if (endpoint != null) {
                        endpoint.stop(CloseReason.SHUTDOWN);
                    }
                } finally {
                    slot.lock.unlock();
                }
            }));
        }
        try {
            for (Thread thread : stopping) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Change {
        Endpoint apply(Slot slot, Endpoint endpoint);
    }

    private EndpointStatus change(String name, Change change) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw unknown(name);
        }
        slot.lock.lock();
        try {
            Endpoint endpoint = slot.endpoint;
            if (endpoint == null || slots.get(name) != slot) {
                throw unknown(name);
            }
            Endpoint changed = change.apply(slot, endpoint);
            slot.endpoint = changed;
            return changed.status();
        } finally {
            slot.lock.unlock();
        }
    }

    private void allowed(EndpointSpec spec) {
        Address remote = switch (spec) {
            case EndpointSpec.TcpServer server -> null;
            case EndpointSpec.TcpClient client -> client.remote();
            case EndpointSpec.Udp udp -> udp.remote();
        };
        if (remote == null) {
            return;
        }
        try {
            engine.egress().refusal(remote.resolve()).ifPresent(why -> {
                throw RefusedException.meaningless("remote", why);
            });
        } catch (UnknownHostException e) {
            log.debug("{} can't be resolved now; the attempt to connect will say so", remote, e);
        }
    }

    private static void notDeclared(Endpoint endpoint, String what) {
        if (endpoint.declared()) {
            throw RefusedException.conflict("endpoint '" + endpoint.name() + "' is declared in the configuration and"
                    + " can't be " + what + " here: change it there, or stop it");
        }
    }

    /** Keeps what is written down of an endpoint that could not come back, until one of its name is made. */
    void setAside(EndpointDefinition definition) {
        aside.put(String.valueOf(definition.name()), definition);
    }

    /** Writes down all that were made, so that they come back. */
    void keep(String changed) {
        keeping.lock();
        try {
            write(changed);
        } finally {
            keeping.unlock();
        }
    }

    private void write(String changed) {
        List<EndpointDefinition> all = slots.values().stream()
                .sorted(Comparator.comparingLong(slot -> slot.number))
                .flatMap(slot -> Optional.ofNullable(slot.kept).stream())
                .map(EndpointDefinition::of)
                .collect(Collectors.toCollection(ArrayList::new));
        aside.keySet()
                .removeAll(all.stream()
                        .map(definition -> String.valueOf(definition.name()))
                        .toList());
        all.addAll(aside.values());
        try {
            file.write(all);
        } catch (IOException e) {
            engine.capture()
                    .endpoint(
                            changed,
                            Kind.FAILED,
                            null,
                            "the definitions could not be written to " + file + " (" + Endpoint.sentence(e)
                                    + "): after a restart this change will be lost");
        }
    }

    private static RefusedException unknown(String name) {
        return RefusedException.unknown("there is no endpoint '" + name + "'");
    }
}
