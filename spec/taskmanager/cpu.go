package taskmanager

import (
	"strconv"

	"udfplan/graph/flink"
)

// cpuKeys say how many CPU cores a TaskManager has, the strongest first; of those of a container manager the one it is started by is
// there. None: as many as slots (TaskExecutorProcessUtils.getCpuCoresWithFallback).
var cpuKeys = []string{flink.KeyCPUCores, "kubernetes.taskmanager.cpu.amount", "kubernetes.taskmanager.cpu", "yarn.containers.vcores"}

// Cores are the CPU cores of a TaskManager whose configuration Derive has accepted.
func Cores(config flink.Config, slots int64) flink.CPUCores {
	for _, key := range cpuKeys {
		e, set := config.Get(key)
		if !set {
			continue
		}
		if cores, refused := flink.ParseJavaDouble(e.Value); refused == nil && cores > 0 {
			c, _ := flink.ParseCPUCores(strconv.FormatFloat(min(cores, flink.MostCores), 'f', -1, 64))
			return c
		}
	}
	return flink.CPUCores(min(slots, flink.MostCores)) * flink.Core
}
